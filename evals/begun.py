"""A run's folder while the run is made: by one process at a time, and never less than is done.

What was killed in between leaves whole lines and at most one torn one, and is gone on with.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from summarizer.errors import ConfigurationError, SummarizerError
from summarizer.evals.files import json_of, write, written
from summarizer.evals.runs import PREDICTIONS, RUN, Key, Prediction, Settings, load_run
from summarizer.view.clean import clean

LOG = "log.txt"
LOCK = ".lock"
_TOLD = {
    "suite": "suite",
    "record": "schema",
    "documents": "choice of documents",
    "gold": "gold",
    "repeats": "number of repeats",
    "model": "model",
}
_ASKED = {"weights": "file of weights"}
"""What was asked, where its name in the settings is not what it is called."""


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
            log.write(f"{moment} {clean(text)}\n".encode())

    def tidy(self) -> None:
        """Put the lines in order, one for each key, without a torn one."""
        lines = [_line(self.found[key]) for key in self.keys if key in self.found]
        write(self.folder / PREDICTIONS, "".join(lines))


@contextmanager
def begun(
    folder: Path, settings: Settings, *, told: Callable[[str], None] = lambda line: None
) -> Iterator[Begun]:
    """Open a run's folder, new or begun before, for as long as this process works in it.

    A new one that comes to nothing, as with a wrong key, is taken away again, and whatever lay
    there before stays. `told` is called with a sentence where a run was begun with other versions
    than it goes on with. Raises `ConfigurationError` where the folder holds something else than a
    run, a run of other settings or other gold, or another process is at work there, and
    `SummarizerError` where it can't be written.
    """
    with _writing(folder):
        new = not folder.exists()
        before = set() if new else {each.name for each in folder.iterdir()}
        if before and RUN not in before:
            raise ConfigurationError(
                f"{folder} is not empty, and holds no {RUN}: it is no run to go on with.",
                hint="Name a new or an empty folder with --output.",
            )
        folder.mkdir(parents=True, exist_ok=True)
        log = (folder / LOG).open("ab")
    work = Begun(folder, tuple(_keys(settings)))
    ours = {RUN, PREDICTIONS, LOG} - before
    try:
        with log, _locked(folder) as is_ours:
            # Or one was, and is done, since the folder was looked into.
            if not is_ours or (RUN in ours and (folder / RUN).exists()):
                ours.clear()
                raise ConfigurationError(
                    f"Another process is at work in {folder}.",
                    hint="Wait for it, or name another folder with --output.",
                )
            if RUN in ours:
                write(folder / RUN, written(json_of(settings)))
            else:
                _go_on(work, settings, told)
            yield work
    except BaseException:
        if not work.found:
            with suppress(OSError):
                for name in ours:
                    (folder / name).unlink(missing_ok=True)
                if new:
                    folder.rmdir()
        raise


def _keys(settings: Settings) -> Iterator[Key]:
    for repeat in range(1, settings.repeats + 1):
        for name in settings.documents:
            split, _, document = name.partition("/")
            yield split, document, repeat


def _go_on(work: Begun, settings: Settings, told: Callable[[str], None]) -> None:
    """Take over what a run that was begun has."""
    run = load_run(work.folder)
    _check(work.folder, run.settings, settings)
    work.found = {key: run.predictions[key] for key in work.keys if key in run.predictions}
    work.tidy()
    changed = ", ".join(_changed(run.settings.environment, settings.environment))
    if changed and work.missing:
        line = f"{work.folder} was begun with other versions: {changed}."
        work.note(line)
        told(line)


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(before.keys() & now.keys()):
        if before[name] != now[name]:
            yield f"{name} {before[name]}, now {now[name]}"


def _check(folder: Path, earlier: Settings, wanted: Settings) -> None:
    """Refuse a run of other settings, by the name of what differs."""
    differ = [
        what for name, what in _TOLD.items() if getattr(earlier, name) != getattr(wanted, name)
    ]
    differ += [
        f"{_ASKED.get(name, name.replace('_', ' '))} "
        f"({earlier.asked.get(name)}, not {wanted.asked.get(name)})"
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


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Take a folder for this process; False where another has it.

    The system lets go of it with the process, however that ends.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK, thread_local=False)
    with _writing(folder), suppress(Timeout):
        lock.acquire(timeout=0)
    try:
        yield lock.is_locked
    finally:
        if lock.is_locked:
            with suppress(OSError):
                (folder / LOCK).unlink()
        lock.release()
