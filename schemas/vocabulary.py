"""The base of the closed vocabularies: values that carry their meaning and their codes."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Vocabulary(StrEnum):
    """A closed list of values, each with its meaning and, where one is known, its foreign codes.

    A member is written `NAME = value, meaning[, plover[, cameo]]`, with `None` for a code that
    doesn't exist. In JSON a member is its value.
    """

    meaning: str
    """What the value says, in at most eight words; read by models as well as by people."""
    plover: str | None
    """The PLOVER term that it maps to, `TYPE` or `TYPE:mode`."""
    cameo: str | None
    """The CAMEO event code, three or four digits."""

    def __new__(
        cls, value: str, meaning: str = "", plover: str | None = None, cameo: str | None = None
    ) -> Self:
        """The member for one line of a vocabulary."""
        # The default is for type checkers only, which take the look-up `Realis("planned")` for
        # a call of this.
        if not meaning:
            raise TypeError(f"the value {value!r} has no meaning")
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        member.plover = plover
        member.cameo = cameo
        return member

    @classmethod
    def glossary(cls) -> str:
        """One line per value, `value: meaning`, for prompts and documentation."""
        return "\n".join(f"{member.value}: {member.meaning}" for member in cls)
