"""Who says so: the source that an item names, and the one that its sentences have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.checks.check import Check, Problem
from summarizer.checks.naming import known_in
from summarizer.checks.reach import is_source, issues
from summarizer.checks.reporting import has_cue, has_pronoun, is_spoken, is_told
from summarizer.checks.statements import Statement, Told
from summarizer.errors import excerpt
from summarizer.results import IssueKind, Severity, pointer
from summarizer.schemas import Attribution
from summarizer.schemas.kinds import kind_of
from summarizer.schemas.markers import NotOf
from summarizer.wire import Kind

_ENGLISH = frozenset({"en"})


def find_sources(statement: Statement) -> Iterator[Problem]:
    """The sources in a statement that don't speak in its sentences."""
    sources = [
        told for told in statement.names if is_source(told) and _is_somebody(statement, told)
    ]
    unnamed = [told for told in sources if not _is_named(statement, told)]
    if not unnamed or any(issues(statement, _names(statement, told)) for told in sources):
        return
    if not any(map(has_cue, _read(statement))):
        for told in unnamed:
            name = excerpt(_names(statement, told)[0])
            yield Problem(f"No cited sentence tells what “{name}” says.", told.path)
        return
    if len(unnamed) < len(sources):
        return  # It may be the one who speaks. To find who does takes the whole article's names.
    speakers = _speakers(statement)
    if speakers and not any(_speaks(statement, told, speakers) for told in sources):
        for told in sources:
            name = excerpt(_names(statement, told)[0])
            message = f"“{excerpt(speakers[0])}” speaks in the cited sentences, not “{name}”."
            yield Problem(message, told.path)


def find_outlets(statement: Statement) -> Iterator[Problem]:
    """Those who hold a view and are of a kind that only reports views, where others speak."""
    for told in statement.names:
        barred = told.marker(NotOf)
        if barred is None:
            continue
        names = _names(statement, told)
        outlet = next((name for name in names if (kind_of(name) or "") in barred.kinds), None)
        if outlet is not None and _only_reports(statement, names):
            message = f"“{excerpt(outlet)}” only reports it: name who holds the view."
            yield Problem(message, told.path)


def _only_reports(statement: Statement, names: Sequence[str]) -> bool:
    """Whether the cited sentences have somebody else speak, to an outlet or by way of it."""
    if any(is_told(name, statement.quote) for name in names):
        return True
    mentions = statement.passage.mentions
    speakers = [each for number in statement.sentences for each in mentions.speakers(number)]
    return any(not any(known_in(name, speaker) for name in names) for speaker in speakers)


def find_unnamed_sources(statement: Statement) -> Iterator[Problem]:
    """What is told as the article's own voice, though each cited sentence is somebody's words."""
    chain = next(
        (
            slot
            for slot in statement.node.fields
            if slot.node.listed.kind is Kind.OBJECT
            and issubclass(slot.node.listed.model, Attribution)
        ),
        None,
    )
    if chain is None or getattr(statement.item, chain.name):
        return
    if all(is_spoken(statement.passage.text(number)) for number in statement.sentences):
        message = "The cited sentence tells it as somebody's words, not as the article's own."
        yield Problem(message, pointer(chain.name))


def _read(statement: Statement) -> Iterator[str]:
    passage = statement.passage
    for number in (*statement.sentences_within, *passage.around(statement.sentences)):
        yield passage.text(number)


def _speakers(statement: Statement) -> Sequence[str]:
    """The names that speak in the cited sentences; none, where one has none, or a pronoun."""
    found: list[str] = []
    for number in statement.sentences:
        here = statement.passage.mentions.speakers(number)
        if not here or has_pronoun(statement.passage.text(number)):
            return ()
        found += here
    return found


def _speaks(statement: Statement, told: Told, speakers: Sequence[str]) -> bool:
    """Whether a source is one of the speakers."""
    return any(
        known_in(name, speaker) or known_in(speaker, name)
        for name in _names(statement, told)
        for speaker in speakers
    )


def _is_named(statement: Statement, told: Told) -> bool:
    """Whether the cited sentences name a source."""
    return any(known_in(name, statement.quote) for name in _names(statement, told))


def _is_somebody(statement: Statement, told: Told) -> bool:
    """Whether a reference leads to who goes by names, or is a name; not to an act."""
    return bool(told.node.or_text) or statement.passage.is_known(str(told.value))


def _names(statement: Statement, told: Told) -> Sequence[str]:
    return statement.passage.names_of(str(told.value))


SOURCES = Check(
    "sources",
    find_sources,
    IssueKind.SOURCE_UNSUPPORTED,
    languages=_ENGLISH,
    blind="Which of several who are named in a sentence says which part of it.",
)
OUTLETS = Check(
    "outlets",
    find_outlets,
    IssueKind.RULE_BROKEN,
    languages=_ENGLISH,
    blind="An outlet whose name doesn't tell that it is one.",
)
UNNAMED_SOURCES = Check(
    "unnamed sources",
    find_unnamed_sources,
    IssueKind.SOURCE_UNSUPPORTED,
    Severity.WARNING,
    languages=_ENGLISH,
    blind="Somebody's words in a part of a sentence, or told without a verb of saying.",
)
