"""Where gold lies: suites, their splits and their documents, as folders and files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from summarizer.errors import ConfigurationError

MANIFEST = "manifest.json"
GOLD = Path(__file__).resolve().parent / "gold"
"""The suites that come with the package."""


@dataclass(frozen=True)
class Found:
    """Documents that a path stands for."""

    documents: tuple[Path, ...]
    suite: Path | None = None
    """The folder of the suite that they are of; None where they are of none."""
    whole: bool = False
    """Whether they are all of the suite's documents."""


def find(path: Path) -> list[Found]:
    """What `path` stands for: a document, a split, a suite, or a folder of suites.

    A suite is a folder with a manifest, or one whose sub-folders hold documents; its sub-folders
    are its splits. Documents that lie in one folder elsewhere are of no suite. Raises
    `ConfigurationError` where there is no document.
    """
    if path.is_file():
        return [Found((path,), _suite_of(path.parent))]
    if not path.is_dir():
        raise ConfigurationError(f"There is no {path}.", hint="Name a suite, a split or a file.")
    found = _in_folder(path)
    if not found:
        raise ConfigurationError(
            f"There are no gold documents in {path}.",
            hint="A document is a JSON file with the labels of an article: write one, and complete "
            "it with `summarizer eval seal`. A suite has a folder of them for each split.",
        )
    return found


def suite_folder(name: str) -> Path:
    """The folder of a suite that comes with the package. Raises `ConfigurationError`."""
    names = sorted(folder.name for folder in _folders(GOLD) if (folder / MANIFEST).is_file())
    if name not in names:
        raise ConfigurationError(
            f"There is no suite {name!r}.",
            hint=f"Name one of the package's ({', '.join(names) or 'there are none'}), or the "
            "folder of your own.",
        )
    return GOLD / name


def documents_of(suite: Path) -> tuple[Path, ...]:
    """The documents of a suite, split by split, in order."""
    return tuple(file for split in _folders(suite) for file in _documents_in(split))


def _in_folder(path: Path) -> list[Found]:
    documents = _documents_in(path)
    if (path / MANIFEST).is_file() or (not documents and _has_splits(path)):
        return [Found(documents_of(path), path, whole=True)]
    if documents:
        return [Found(documents, _suite_of(path))]
    return [found for folder in _folders(path) for found in _in_folder(folder)]


def _has_splits(path: Path) -> bool:
    return any(
        _documents_in(folder) and not (folder / MANIFEST).is_file() for folder in _folders(path)
    )


def _suite_of(split: Path) -> Path | None:
    suite = split.absolute().parent
    return suite if (suite / MANIFEST).is_file() else None


def _documents_in(folder: Path) -> tuple[Path, ...]:
    # What an editor needs is no document.
    return tuple(
        sorted(
            file
            for file in folder.glob("*.json")
            if file.name != MANIFEST and not file.name.endswith(".schema.json")
        )
    )


def _folders(path: Path) -> list[Path]:
    return sorted(folder for folder in path.iterdir() if folder.is_dir())
