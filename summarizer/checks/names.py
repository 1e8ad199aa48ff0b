"""Who an item names: in the article at all, and within reach of the sentences that it cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from summarizer.checks.check import Check, Problem
from summarizer.checks.naming import (
    Capitals,
    Run,
    is_common,
    is_generic,
    known_in,
    telling,
    words_of,
)
from summarizer.checks.reach import reaches, reaches_from_text
from summarizer.checks.statements import Statement, Told, names_of
from summarizer.checks.substitutes import replaced
from summarizer.checks.words import is_content
from summarizer.errors import excerpt
from summarizer.names import normal_form
from summarizer.names.letters import WORD, bare
from summarizer.results import IssueKind
from summarizer.schemas.markers import FromEvidence
from summarizer.wire import Held, Kind

LEAST_SHARED = 0.5
"""Share of the small words of a text that stand in the article, if both are of one language."""
_SHORTEST = 2
"""Letters that a word of a name has at least."""
_SMALL = re.compile(r"\b[^\W\d_A-Z]\w+")
_ACTS = re.compile(
    r"['’]s?\s|(?:\s\w+ly)?\s(?:said|says|is|was|has|had|will|would|did|does|met|held|told|sent|\w{3,}ed)\b"
)
_PLURAL = re.compile(r"(?:s|ing|ion|ment|ed)$")


def find_names(statement: Statement) -> Iterator[Problem]:
    """The names in a statement that are not the article's, or that its sentences don't reach."""
    if not statement.sentences:
        yield from _unknown_names(statement)
        return
    for told in statement.names:
        if message := _unreached(statement, told):
            yield Problem(message, told.path)
    for told in statement.texts:
        message = _misnamed(statement, told.value, close=_keeps_close(told))
        if message := message or replaced(statement, told.value):
            yield Problem(message, told.path)


def _unknown_names(statement: Statement) -> Iterator[Problem]:
    names = names_of(statement.item, statement.node)
    if not statement.node.nested and all(_stands(statement, name) for name in names):  # mostly
        return
    for told in statement.told:
        named = told.node.kind is Kind.NAME and told.node.held is not Held.FREE
        if named and not _stands(statement, told.value):
            yield Problem(f"“{excerpt(told.value)}” is not in the article.", told.path)


def _stands(statement: Statement, name: str) -> bool:
    """Whether a name stands in the article, in one piece or at least word by word."""
    passage = statement.passage
    return passage.index.holds(name) or all(map(passage.capitals.holds, telling(name)))


def _unreached(statement: Statement, told: Told) -> str | None:
    passage, value = statement.passage, str(told.value)
    names = passage.names_of(value)
    if told.node.kind is Kind.REFERENCE and not passage.is_known(value):
        return _misnamed(statement, value) if told.node.or_text else None
    if any(known_in(name, statement.quote) for name in names):
        return None
    if not any(_stands(statement, name) for name in names):
        return f"“{excerpt(names[0])}” is not in the article."
    if reaches(statement, told, names):
        return None
    cited = ", ".join(map(str, statement.sentences))
    return f"“{excerpt(names[0])}” is neither in the cited sentences ({cited}) nor next to them."


def _misnamed(statement: Statement, text: str, *, close: bool = False) -> str | None:
    """What is wrong with the names in a text; `close` tells that it keeps to its sentences."""
    if not is_of_one_language(statement, text):
        return None
    strange = _not_in(statement.quote, text)
    if all(known_in(name, statement.quote) for name in _names_in(strange)):
        return None  # mostly, whichever of these words make up a name
    passage = statement.passage
    for run in passage.capitals.runs(text):
        for word in _names_in(run.words):
            if known_in(word, statement.quote):
                continue
            if not passage.capitals.holds(word):
                if _is_surely_name(run, word, text, passage.capitals):
                    return f"“{excerpt(run.text)}” is not in the article."
            elif _under_other_name(statement, word):
                continue
            elif not reaches_from_text(statement, word, text, close=close):
                return f"“{excerpt(run.text)}” is neither in the cited sentences nor next to them."
    return None


def _not_in(quote: str, text: str) -> list[str]:
    """The words of a text, of those with a capital, that sentences don't have as they are."""
    there = words_of(quote)
    capitals = (word for word in WORD.findall(text) if word[0].isupper())
    return [word for word in capitals if not word.isascii() or word.lower() not in there]


def _under_other_name(statement: Statement, word: str) -> bool:
    """Whether a word is of one of the names of somebody whom the sentences have under another."""
    form = normal_form(word)
    return any(
        any(form in telling(name) for name in names)
        and any(known_in(name, statement.quote) for name in names)
        for names in statement.passage.bearers
        if len(names) > 1
    )


def _keeps_close(told: Told) -> bool:
    return told.marker(FromEvidence) is not None


def _names_in(words: Iterable[str]) -> Iterator[str]:
    """The words that may tell a name, by their capitals, and no office, body or date."""
    for name in map(bare, words):
        if len(name) < _SHORTEST or not name[0].isupper():
            continue
        is_word = is_content(name) or name.isupper()
        if is_word and not is_generic(name) and not is_common(name):
            yield name


def _is_surely_name(run: Run, word: str, text: str, capitals: Capitals) -> bool:
    """Whether a word that the article doesn't hold is a name, and not what a text opens with."""
    if not run.opening or word != bare(run.words[0]):
        return True
    if len(run.words) > 1:
        return not capitals.holds(run.words[1])
    after = text[text.find(run.text) + len(run.text) :]
    return bool(_ACTS.match(after)) and not _PLURAL.search(run.text)


def is_of_one_language(statement: Statement, text: str) -> bool:
    """Whether a text is in the language of the article, as far as its small words tell."""
    if statement.passage.language in (None, "en"):
        return True
    if statement.passage.language == "de":  # every noun has a capital
        return False
    small = [normal_form(word) for word in _SMALL.findall(text)]
    shared = sum(word in statement.passage.capitals.words for word in small)
    return bool(small) and shared >= LEAST_SHARED * len(small)


NAMES = Check(
    "names",
    find_names,
    IssueKind.NAME_UNSUPPORTED,
    blind="A name that stands one step away, in place of the right one; names in texts in a script "
    "without capitals, in German, or in another language than the article.",
    bearers=True,
)
