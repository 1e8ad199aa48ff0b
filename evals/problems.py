"""What is wrong with a gold file, and where."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from summarizer.schemas.evidence import Evidence

if TYPE_CHECKING:
    from pydantic import ValidationError


class Problem(NamedTuple):
    """One thing that is wrong."""

    file: Path
    place: str
    """Such as `labels/parties/0/name`, `annotations[1].tolerances[0]` or `sha256`; empty for the
    whole file."""
    message: str
    strict_only: bool = False
    """Whether it is refused only where all is asked for."""

    def __str__(self) -> str:
        return ": ".join(filter(None, (str(self.file), self.place, self.message)))

    def is_within(self, place: str) -> bool:
        """Whether it is at `place` or further in."""
        return self.place == place or self.place.startswith((f"{place}/", f"{place}.", f"{place}["))


def in_document(file: Path, error: ValidationError) -> list[Problem]:
    """What a document or a manifest was refused for."""
    return [Problem(file, place_of(told["loc"]), _message(told)) for told in error.errors(**_SHORT)]


def in_labels(file: Path, place: str, error: ValidationError) -> list[Problem]:
    """What labels were refused for, by the schema of the record; `place` is theirs."""
    return [
        Problem(file, place + "".join(f"/{part}" for part in told["loc"]), _message(told))
        for told in error.errors(**_SHORT)
    ]


def place_of(parts: Iterable[str | int]) -> str:
    """A place in a document: `annotations[1].annotator.kind`."""
    place = ""
    for part in parts:
        place += f"[{part}]" if isinstance(part, int) else f".{part}" if place else part
    return place


_SHORT: Any = {"include_url": False, "include_context": False}


def _message(told: Any) -> str:
    given, kind = told["input"], told["type"]
    if kind == "model_type" and isinstance(given, int) and Evidence.__name__ in told["msg"]:
        return "a sentence number alone: `summarizer eval seal` completes it"
    return str(told["msg"].removeprefix("Value error, "))
