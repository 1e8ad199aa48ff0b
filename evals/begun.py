"""A run's folder while the run is made: by one process at a time, and never less than is done.

What was killed in between leaves whole lines and at most one torn one, and is gone on with.
"""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from summarizer.errors import ConfigurationError, SummarizerError
from summarizer.evals.files import json_of, write, written
from summarizer.evals.runs import PREDICTIONS, RUN, Key, Prediction, Settings, load_run

LOG = "log.txt"
_TAKEN = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
_FAR = 2**30
"""Where in its file Windows locks a byte, which then nobody can write: beyond any log."""
_TOLD = {
    "suite": "suite",
    "record": "schema",
    "documents": "choice of documents",
    "gold": "gold",
    "repeats": "number of repeats",
    "model": "model",
}


@dataclass
class Begun:
    """A run that is being made."""

    folder: Path
    keys: tuple[Key, ...]
    """All that it is to have, in order: repeat by repeat, document by document."""
    found: dict[Key, Prediction] = field(default_factory=dict)
    """What it has: what failed, too."""

    @property
    def missing(self) -> list[Key]:
        """What is still to do. What failed is, since a failure may have been the endpoint's."""
        return [
            key for key in self.keys if key not in self.found or self.found[key].status == "failed"
        ]

    def add(self, prediction: Prediction) -> None:
        """Put one more on disk. Raises `SummarizerError` where that can't be done."""
        with _writing(self.folder), (self.folder / PREDICTIONS).open("ab") as lines:
            lines.write(_line(prediction).encode())
        self.found[prediction.split, prediction.id, prediction.repeat] = prediction

    def note(self, text: str) -> None:
        """Write a line into the log. Raises `SummarizerError` where that can't be done."""
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        with _writing(self.folder), (self.folder / LOG).open("ab") as log:
            log.write(f"{moment} {' '.join(text.split())}\n".encode())

    def tidy(self) -> None:
        """Put the lines in order, one for each key, without a torn one."""
        lines = [_line(self.found[key]) for key in self.keys if key in self.found]
        write(self.folder / PREDICTIONS, "".join(lines))


@contextmanager
def begun(folder: Path, settings: Settings) -> Iterator[Begun]:
    """Open a run's folder, new or begun before, for as long as this process works in it.

    A new one that comes to nothing, as with a wrong key, is taken away again. Raises
    `ConfigurationError` where the folder holds a run of other settings or other gold, or another
    process is at work there, and `SummarizerError` where it can't be written.
    """
    if (folder / PREDICTIONS).exists() and not (folder / RUN).is_file():
        raise ConfigurationError(
            f"{folder} holds predictions, and no {RUN} that says of what.",
            hint="Name another folder with --output.",
        )
    fresh = not (folder / RUN).exists()
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        log = (folder / LOG).open("ab")
    work = Begun(folder, tuple(_keys(settings)))
    try:
        with log:
            if not _locked(log):
                fresh = False
                raise ConfigurationError(
                    f"Another process is at work in {folder}.",
                    hint="Wait for it, or name another folder with --output.",
                )
            if fresh:
                write(folder / RUN, written(json_of(settings)))
            else:
                work.found = _earlier(folder, settings, work.keys)
                work.tidy()
            yield work
    except BaseException:
        if fresh and not work.found:
            with suppress(OSError):  # other things may lie there, too
                (folder / RUN).unlink()
                (folder / LOG).unlink()
                folder.rmdir()
        raise


def _keys(settings: Settings) -> Iterator[Key]:
    for repeat in range(1, settings.repeats + 1):
        for name in settings.documents:
            split, _, document = name.partition("/")
            yield split, document, repeat


def _earlier(folder: Path, settings: Settings, keys: Sequence[Key]) -> dict[Key, Prediction]:
    """What a run that was begun has of those keys."""
    run = load_run(folder)
    _check(folder, run.settings, settings)
    return {key: run.predictions[key] for key in keys if key in run.predictions}


def _check(folder: Path, earlier: Settings, wanted: Settings) -> None:
    """Refuse a run of other settings, by the name of what differs."""
    differ = [
        what for name, what in _TOLD.items() if getattr(earlier, name) != getattr(wanted, name)
    ]
    differ += [
        f"{name.replace('_', ' ')} ({earlier.asked.get(name)}, not {wanted.asked.get(name)})"
        for name in sorted(earlier.asked.keys() | wanted.asked.keys())
        if earlier.asked.get(name) != wanted.asked.get(name)
    ]
    if not differ and earlier.settings_hash != wanted.settings_hash:
        differ = ["prompt or schema"]
    if differ:
        raise ConfigurationError(
            f"{folder} holds a run with another {', another '.join(differ)}.",
            hint="Name another folder with --output, or run with what that one was begun with.",
        )


def _line(prediction: Prediction) -> str:
    return json.dumps(json_of(prediction), ensure_ascii=False) + "\n"


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SummarizerError(
            f"{folder} can't be written: {error.strerror or error}.",
            hint="Make room, or name another folder with --output.",
            original=error,
        ) from error


def _locked(file: IO[bytes]) -> bool:
    """Take a file for this process until it is closed; False where another has it.

    The system lets go of it with the process, however that ends. Where files can't be locked, as
    on some network drives, it is free.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(_FAR)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _TAKEN
    return True
