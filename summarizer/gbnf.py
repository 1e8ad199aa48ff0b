"""Grammars in GBNF, the notation of llama.cpp's server, for JSON of a known shape.

An *expression* is what may stand on the right of a rule; the name of a rule is one, too. White
space is that of `json.dumps`: a blank after each colon and comma, and nowhere else.
"""

from __future__ import annotations

import json
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_CHARACTERS = 1000
"""Characters that prose may have: llama.cpp takes more than 2,000 repetitions for any number."""
# English text, but for the two characters that JSON escapes.
_WRITABLE = r" !#-\x5b\x5d-~\u00a0-\u024f\u2010-\u2026"


class Grammar:
    """The rules of a grammar, equal ones kept once."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def rule(self, expression: str) -> str:
        """The name of the rule for an expression."""
        return self._names.setdefault(expression, f"r{len(self._names)}")

    def text(self, root: str) -> str:
        """The grammar, which begins at the expression `root`."""
        rules = (f"{name} ::= {expression}" for expression, name in self._names.items())
        return "\n".join([f"root ::= {root}", *rules])

    def one_of(self, values: Iterable[Any]) -> str:
        """One of these JSON values."""
        return self.rule(" | ".join(_json(value) for value in values))

    def some_of(self, values: Sequence[Any]) -> str:
        """A list of at least one of these JSON values, each at most once, in their order."""
        # A list may begin at any of them; each but the last has a rule for what may follow it.
        starts = [_json(values[-1])]
        rest = ""
        for value, following in zip(values[-2::-1], values[:0:-1], strict=True):
            more = f'", " {_json(following)}'
            rest = self.rule(f"({more} {rest}) | {rest}" if rest else f"({more})?")
            starts.append(f"{_json(value)} {rest}")
        return f'"[" {self.rule(" | ".join(reversed(starts)))} "]"'

    def prose(self, limit: int) -> str:
        """Text of one to `limit` characters, `MOST_CHARACTERS` at most, on one line."""
        return self.rule(rf'"\"" [{_WRITABLE}]{{1,{min(limit, MOST_CHARACTERS)}}} "\""')

    def record(self, fields: Iterable[tuple[str, str]]) -> str:
        """An object of these keys, at least one, each with the expression for its value."""
        openings = chain(["{"], repeat(", "))
        keyed = (
            f"{literal(f'{opening}{json.dumps(key)}: ')} {value}"
            for opening, (key, value) in zip(openings, fields, strict=False)
        )
        return " ".join([*keyed, literal("}")])


def array(items: Sequence[str]) -> str:
    """A list of just these expressions, in this order."""
    return " ".join(['"["', ' ", " '.join(items), '"]"']) if items else literal("[]")


def literal(text: str) -> str:
    """`text` itself, which has no control characters."""
    return json.dumps(text, ensure_ascii=False)


def _json(value: Any) -> str:
    return literal(json.dumps(value, ensure_ascii=False))
