"""What stands before the names of persons."""

from __future__ import annotations

from summarizer.names.adjectives import is_adjective
from summarizer.names.vocabulary import (
    CONNECTORS,
    DEPARTMENTS,
    GENERAL_BODIES,
    OFFICE,
    TITLE_ENDS,
    TITLES,
)
from summarizer.schemas.places import country_code


def without_title(name: str) -> str:
    """`name` without what stands before a person's name: "President Ana Ruiz" is "Ana Ruiz".

    A name that would be left empty, or that is no person's, comes back as it is: "President of
    Norway" names an office, and "President of Norway Ana Ruiz" a person.
    """
    words = name.split()
    bare = [word.strip(".,").casefold() for word in words]
    end = 0
    for i, word in enumerate(bare[:-1]):
        if _ends_title(bare, i):
            end = i + 1
        elif not (word in TITLES or is_adjective(word)):
            break
    if end and bare[end] in OFFICE:
        person = _after_office(words, bare, end + 1)
        return without_title(" ".join(words[person:])) if person else name
    return " ".join(words[end:])


def _ends_title(words: list[str], i: int) -> bool:
    match words[i]:
        case "state":  # Secretaries are of state; other states are not titles.
            return words[i - 1 : i] == ["of"]
        case "general":
            return words[i + 1] not in GENERAL_BODIES
        case word:
            return word in TITLE_ENDS


def _after_office(words: list[str], bare: list[str], start: int) -> int | None:
    """Where the person begins, whose office is of a department or a country; None if nowhere."""
    start += bare[start : start + 1] == ["the"]
    for end in range(len(words) - 1, start, -1):
        known = bare[end - 1] in DEPARTMENTS or country_code(" ".join(words[start:end]))
        if known and bare[end] not in CONNECTORS:
            return end
    return None
