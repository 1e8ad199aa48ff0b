"""The SHA-256 of large files, remembered for as long as they stay as they are."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path


def cache_folder() -> Path:
    """The folder for weights: `SUMMARIZER_CACHE_DIR`, or "summarizer" in the user's cache."""
    if named := os.environ.get("SUMMARIZER_CACHE_DIR"):
        return Path(named).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("summarizer", appauthor=False)


def file_sha256(path: Path, folder: Path) -> str:
    """The SHA-256 of the file at `path`, in hexadecimal.

    It is read anew only when its size or its time of change is not what a stamp in `folder`
    says.
    """
    facts = _facts(path)
    with suppress(OSError, ValueError):
        known = json.loads(_stamp(path, folder).read_text(encoding="utf-8"))
        if isinstance(known, dict) and facts.items() <= known.items():
            return str(known["sha256"])
    digest = read_sha256(path)
    remember(path, digest, folder)
    return digest


def read_sha256(path: Path) -> str:
    """The SHA-256 of the file at `path`, from its bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def remember(path: Path, digest: str, folder: Path) -> None:
    """Stamp the file at `path`, as it is now, with its SHA-256.

    Where `folder` can't be written to, the next call will read the file again: no more is lost.
    """
    stamp = _stamp(path, folder)
    with suppress(OSError):
        stamp.parent.mkdir(parents=True, exist_ok=True)
        fresh = stamp.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps({**_facts(path), "sha256": digest}), encoding="utf-8")
        fresh.replace(stamp)


def _facts(path: Path) -> dict[str, int]:
    state = path.stat()
    return {"size": state.st_size, "mtime_ns": state.st_mtime_ns}


def _stamp(path: Path, folder: Path) -> Path:
    name = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:32]
    return folder / "stamps" / f"{name}.json"
