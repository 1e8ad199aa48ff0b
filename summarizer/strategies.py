"""Which calls make a record: values that can be named, compared and measured.

A strategy says how the fields of a schema are spread over calls, and whether a long article goes
in one piece. All calls begin with the same instructions, and those for one piece of an article
with that piece, so that a server with a prefix cache reads them once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from summarizer.errors import ConfigurationError
from summarizer.wire import Size, is_section

if TYPE_CHECKING:
    from summarizer.wire import Plan


@dataclass(frozen=True)
class Call:
    """One call: the prompt that asks, and the fields that it asks for (None: all)."""

    prompt: str
    fields: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Strategy:
    """How the fields of a record are spread over calls."""

    name: str
    per_section: bool = False
    closed: bool = False
    """Whether the answer is held to a form made for the article (`summarizer.forms`)."""
    windowed: bool | None = False
    """Whether an article goes in windows: always, never, or (None) if the model can't take it
    whole."""

    def calls(self, plan: Plan) -> tuple[Call, ...]:
        """The calls for a schema, in the order in which they are made."""
        asked = [slot for slot in plan.root.fields if slot.asked]
        sections = [slot.name for slot in asked if is_section(slot)]
        if not self.per_section or len(sections) < 2:
            return (Call("extract.v1"),)
        rest = tuple(slot.name for slot in asked if slot.name not in sections)
        calls = [Call("section.v1", (name,)) for name in sections]
        return (*calls, Call("section.v1", rest)) if rest else tuple(calls)


SINGLE = Strategy("single")
"""The whole record in one call."""
SECTIONS = Strategy("sections", per_section=True)
"""One call a section, over one article prefix."""
FORMS = Strategy("forms", closed=True)
"""One call, held to a form: for small models on servers that take a grammar (llama.cpp).

Elsewhere, and for an article that gives a form no handle (it is not in English, or names nobody),
this is `SINGLE`; the signature of a result says which it was.
"""

STRATEGIES = ("single", "sections", "forms", "windows")
"""The names of the strategies, but for ``auto``."""


@lru_cache(maxsize=32)
def choose(name: str, size: Size) -> Strategy:
    """The strategy called `name`, for a size of record.

    ``windows`` asks each part of an article as ``auto`` asks a short one: by forms in the core
    size, in a single call in the full one. ``auto`` is that, and takes windows only for an article
    that the model can't take whole.

    Raises:
        ConfigurationError: there is none of that name, or forms are asked for in the full size.
    """
    short = FORMS if size is Size.CORE else SINGLE
    known = {strategy.name: strategy for strategy in (SINGLE, SECTIONS, FORMS)}
    known |= {
        "windows": replace(short, name="windows", windowed=True),
        "auto": replace(short, name="auto", windowed=None),
    }
    if name not in known:
        raise ConfigurationError(
            f"There is no strategy {name}.", hint=f"There are: {', '.join(['auto', *STRATEGIES])}."
        )
    strategy = known[name]
    if strategy.name == FORMS.name and size is Size.FULL:
        raise ConfigurationError(
            f"The strategy {name} makes records of the core size only.",
            hint="Ask for the size core with it.",
        )
    return strategy
