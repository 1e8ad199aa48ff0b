"""A name put in the place of another, in a text that follows its sentence word for word."""

from __future__ import annotations

import re

from summarizer.checks.alignment import Alignment, Difference, alignment
from summarizer.checks.naming import is_generic, known_in
from summarizer.checks.statements import Statement
from summarizer.errors import excerpt
from summarizer.names.letters import bare

_STANDS_IN = re.compile(
    r"(?:president|premier|minister|secretary|chancellor|chief|commander|leader|king|spokes\w+"
    r"|official|author|expert|analyst|envoy|ambassador|capital|he|she|it|they|his|her|its|their)\Z",
    re.IGNORECASE,
)


def replaced(statement: Statement, text: str) -> str | None:
    """What is wrong with a text that has another name where its sentence has one."""
    if text in statement.quote:
        return None
    best: Alignment | None = None
    for number in statement.sentences:
        found = alignment(text, statement.passage.text(number))
        if found is not None and (best is None or found.same > best.same):
            best = found
    for each in best.differences if best is not None else ():
        if each.theirs and each.ours and _is_another(statement, each):
            ours, theirs = " ".join(each.ours), " ".join(each.theirs)
            return f"“{excerpt(ours)}” stands where the cited sentence has “{excerpt(theirs)}”."
    return None


def _is_another(statement: Statement, each: Difference) -> bool:
    ours, theirs = _names_in(statement, each.ours), _names_in(statement, each.theirs)
    if not ours or not theirs or any(map(_STANDS_IN.match, each.theirs)):
        return False
    said = " ".join(each.theirs)
    if any(known_in(name, said) for name in ours):
        return False
    return not any(
        any(known_in(word, name) for name in names for word in ours)
        and any(known_in(word, name) for name in names for word in theirs)
        for names in statement.passage.bearers
    )


def _names_in(statement: Statement, words: tuple[str, ...]) -> list[str]:
    """The words that tell a name, as the article has it."""
    capitals = statement.passage.capitals
    told = (bare(word) for word in words if word[:1].isupper())
    return [word for word in told if not is_generic(word) and any(capitals.known(f"a {word}"))]
