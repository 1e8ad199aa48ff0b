"""Weights in the user's cache folder: found there, or fetched once and checked."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.embedded.catalogue import CATALOGUE
from summarizer.embedded.parts import Assembly
from summarizer.embedded.progress import megabytes, progress, to_stderr
from summarizer.embedded.sources import FetchStopped, SourceFailed
from summarizer.embedded.stamps import cache_folder, file_sha256, read_sha256, remember
from summarizer.errors import ConfigurationError, WeightsUnavailable

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator

    from summarizer.embedded.catalogue import Weights
    from summarizer.embedded.progress import Notify
    from summarizer.embedded.sources import Source

LOCK_POLL_SECONDS = 0.2


def cached(name: str, *, cache_dir: Path | None = None) -> Path | None:
    """Where the weights called `name` lie, whole and unchanged; None if they don't."""
    folder = cache_dir or cache_folder()
    weights = named(name)
    path = folder / weights.file_name
    return path if _is_right(path, weights, folder) else None


def ensure(
    name: str,
    *,
    notify: Notify | None = None,
    cache_dir: Path | None = None,
    stop: threading.Event | None = None,
) -> Path:
    """Where the weights called `name` lie, which are fetched if they are not there.

    Of several processes and threads that ask, one fetches and the others wait for it. What
    an interrupted fetch has got is kept, and the next one goes on from there.

    Args:
        name: A name in `CATALOGUE`.
        notify: Takes notes and progress, one line at a time. Without it they go to stderr,
            with a bar if that is a terminal.
        cache_dir: The folder to use in place of `cache_folder()`.
        stop: Once it is set, by another thread, the fetch is given up.

    Raises:
        ConfigurationError: no weights have that name.
        WeightsUnavailable: no source gave them, each for its reason; or `stop` was set.
    """
    import threading

    if (path := cached(name, cache_dir=cache_dir)) is not None:
        return path
    weights, folder = named(name), cache_dir or cache_folder()
    path, stop = folder / weights.file_name, stop or threading.Event()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _lock(path, stop, notify or to_stderr):
            if not _is_right(path, weights, folder):  # while we waited, another may have fetched
                _fetch(weights, path, notify, stop)
    except FetchStopped as error:
        raise WeightsUnavailable(
            f"The fetch of {name} was given up; what has come is kept.", original=error
        ) from None
    except OSError as error:
        raise WeightsUnavailable(
            f"The weights can't be written to {folder}: {error.strerror or error}.",
            hint="Set SUMMARIZER_CACHE_DIR to a folder that has room and can be written to.",
            original=error,
        ) from error
    return path


def named(name: str) -> Weights:
    """The entry of the catalogue. Raises `ConfigurationError` for a name that is not in it."""
    try:
        return CATALOGUE[name]
    except KeyError:
        raise ConfigurationError(
            f"There are no weights called {name!r}.",
            hint=f"Known are {', '.join(CATALOGUE)}; any other GGUF file works by its path.",
        ) from None


def _is_right(path: Path, weights: Weights, folder: Path) -> bool:
    try:
        return path.stat().st_size == weights.size and file_sha256(path, folder) == weights.sha256
    except OSError:
        return False


@contextmanager
def _lock(path: Path, stop: threading.Event, notify: Notify) -> Iterator[None]:
    """Hold the lock beside `path`; wait for a process that has it."""
    from filelock import FileLock, Timeout

    lock = FileLock(path.with_name(f"{path.name}.lock"))
    waiting = False
    while True:
        try:
            lock.acquire(timeout=LOCK_POLL_SECONDS)
            break
        except Timeout:
            if not waiting:
                notify(f"Another process is fetching {path.name}; waiting for it.")
            waiting = True
            if stop.is_set():
                raise FetchStopped from None
    try:
        yield
    finally:
        lock.release()


def _fetch(weights: Weights, path: Path, notify: Notify | None, stop: threading.Event) -> None:
    say = notify or to_stderr
    partial = path.with_name(f"{path.name}.partial")
    if path.exists():
        # Most of it may be right: it is taken for an unfinished fetch.
        say(f"{path} is damaged; what is wrong with it is fetched again.")
        path.replace(partial)
    assembly, reasons = Assembly(partial, weights.parts), []
    for source in weights.sources:
        if not assembly.missing:
            break
        say(f"Fetching {weights.name} ({megabytes(weights.size)}) from {source.label}")
        done = weights.size - assembly.missing_bytes
        try:
            _check_room(assembly, source)
            with progress(weights.name, total=weights.size, done=done, notify=notify) as advance:
                source.fetch(assembly, advance, stop)
        except SourceFailed as error:
            reasons.append(f"{source.label}: {error}")
            say(f"Not from {source.label}: {error}")
    if assembly.missing:
        raise _unavailable(weights, path, reasons)
    _accept(weights, partial, path)


def _check_room(assembly: Assembly, source: Source) -> None:
    from shutil import disk_usage

    folder = assembly.path.parent
    needed, free = assembly.missing_bytes + source.scratch, disk_usage(folder).free
    if free < needed:
        raise SourceFailed(
            f"it needs {megabytes(needed)} on disk, and {folder} has {megabytes(free)} left"
        )


def _accept(weights: Weights, partial: Path, path: Path) -> None:
    """Give the finished file its name, if it is what it has to be."""
    import os

    with partial.open("r+b") as file:
        os.fsync(file.fileno())
    digest = read_sha256(partial)
    if digest != weights.sha256:
        partial.unlink()
        raise WeightsUnavailable(f"All parts of {weights.name} are right, and the whole is not.")
    partial.replace(path)
    remember(path, digest, path.parent)


def _unavailable(weights: Weights, path: Path, reasons: list[str]) -> WeightsUnavailable:
    tried = "".join(f"\n  - {reason}" for reason in reasons)
    return WeightsUnavailable(
        f"The weights of {weights.name} are not on this machine, and no source gave them:{tried}\n",
        hint=f"Put {weights.file_name} at {path}, or name another file with "
        "--model path/to/model.gguf, or an endpoint with --base-url.",
    )
