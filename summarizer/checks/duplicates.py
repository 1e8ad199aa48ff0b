"""The same item twice in a section, under other words."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.checks import twins
from summarizer.checks.check import Check, Problem
from summarizer.checks.statements import Statement
from summarizer.results import IssueKind, Severity


def find_duplicates(statement: Statement) -> Iterator[Problem]:
    """Whether an earlier item of the section tells the same of the same sentence."""
    if statement.parent is not None:
        return
    for other in _of_the_same_sentences(statement):
        if other is statement:
            return
        if _same(other, statement):
            yield Problem(
                f"It tells the same as {other.place}: type, parties and a cited sentence are one."
            )
            return


def _of_the_same_sentences(statement: Statement) -> Iterator[Statement]:
    """The items of the section that share a sentence with one, up to itself, in order."""
    near = {
        id(other)
        for number in statement.sentences
        for other in statement.siblings.by_sentence.get(number, ())
    }
    if len(near) > 1:
        yield from (other for other in statement.siblings.items if id(other) in near)


def _same(one: Statement, other: Statement) -> bool:
    return (
        one.node is other.node
        and bool(twins.parties(one) or twins.place(one))
        and twins.parties(one) == twins.parties(other)
        and twins.kinds_agree(one, other)
        and twins.agree(twins.place(one), twins.place(other))
        and twins.agree(twins.day(one), twins.day(other))
        and twins.agree(twins.counts(one), twins.counts(other))
        and twins.texts_alike(one, other)
    )


DUPLICATES = Check(
    "duplicates",
    find_duplicates,
    IssueKind.DUPLICATE,
    Severity.WARNING,
    blind="the same thing told of other sentences, or of parties under names that no item joins",
)
"""Items of one section that say the same of the same sentence."""
