"""Whom a sentence means that it doesn't name: by a pronoun or a role, from a sentence before it.

A name is reached where it stands in one of the two sentences before a cited one, and a word of the
cited sentences can stand for it: "he" for a person, "it" or "the ministry" for a body, "they" or
"both sides" for any. Those of whom an article is about are meant without a word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pydantic import BaseModel

from summarizer.checks.layout import is_first_person
from summarizer.checks.naming import known_in, telling, words_of
from summarizer.checks.passages import REACH
from summarizer.checks.statements import Statement, Told
from summarizer.identity.designations import designation
from summarizer.results import pointer
from summarizer.schemas import Attribution, Place, Quantity
from summarizer.schemas.kinds import kind_of
from summarizer.schemas.markers import NotOf, NotSource
from summarizer.wire import Kind, marked

JUDGED = frozenset((None, "en"))
"""Languages whose pronouns are known; in others any sentence may mean whom those before it name."""
WIDER = 6
"""Sentences before a cited one in which "they" and "both sides" may have their names."""
OFTEN = 3
"""Sentences with a name after which a label may have it: it is what the article is about."""
KEPT = 0.8
"""Share of the words of a text that are its sentences', if it keeps to them."""
FOLLOWS = 0.6
"""Share of its words from which on a text follows its sentences; below it tells in its own whom
they mean."""
_PERSON = re.compile(r"\b(?:he|she|him|his|her|hers)\b", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:the|its|their|his|her|whose|a|an|own|this|that)\s(?:[\w-]+\s){0,3}?"
    r"(?:president|premier|minister|secretary|chancellor|chief|commander|general|admiral|colonel"
    r"|envoy|ambassador|diplomat|leader|head|king|spokes\w+|official|author|expert|analyst"
    r"|researcher|professor|director|governor|mayor|senator|chairman|officer)\b",
    re.IGNORECASE,
)
_THING = re.compile(r"\b(?:it|its|itself)\b", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?:the|its|this|that)\s(?:[\w-]+\s){0,2}?"
    r"(?:army|navy|military|ministry|government|group|force|forces|front|fleet|guard|council"
    r"|agency|institute|organi[sz]ation|alliance|union|commission|committee|court|country|state"
    r"|republic|party|movement|company|firm|bank|department|administration|authority|authorities"
    r"|militia|paper|newspaper|website|outlet|channel|staff|command|office|service|mission"
    r"|operation|spokes\w+|side|island|kingdom|bloc|regime|embassy|parliament)\b",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"\b(?:they|them|their|theirs|both|(?:two|three) (?:[\w-]+ )?(?:sides|parties|countries"
    r"|capitals|governments|ministers|leaders|presidents|delegations|navies|armies|neighbou?rs|services"
    r"|states|men|women|officials)|the (?:[\w-]+ )?(?:sides|ministers|leaders|presidents|parties"
    r"|delegations|allies|neighbou?rs|governments))\b",
    re.IGNORECASE,
)
_SPOT = re.compile(
    r"\b(?:of|near|at|in|on|along|across|over|inside|outside|beyond) the ([a-z]{3,})\b(?! of\b)"
)
"""A spot that is known from before: whatever place the article has it in is meant."""
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|being) (?:also |further |\w+ly )?(?:accused|said|blamed|reported"
    r"|alleged|believed|thought|described|cited|named|mentioned|listed|noted|quoted|estimated|expected"
    r"|feared|suspected|considered|judged|deemed|held|found|seen|charged|criticised|criticized|condemned"
    r"|praised|warned|urged|called|asked|told|explained|portrayed|characteri[sz]ed|understood)\b",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"\b(?:the|that|this|these|those|such|its|their|his|her|our|my) ([a-z]{3,}?)s?\b"
    r"(?: ([a-z]{3,}?)s?\b)?",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"\bthe (?:[\w-]+ ){0,3}?([a-z-]{4,}) "
    r"(?:(?:on|at|in|near|of|off|against|over|with) (?:the )?)?\Z"
)
"""A noun, with its article, that what comes after it tells more of."""
_CAPITALS = re.compile(r"(?:\b[A-Z][\w’'-]* ){1,5}\Z")
_MOST = 32
"""Sentences with a name that are looked at."""
_FELLOW = re.compile(r"\b(?:co-\w+|colleagues?|fellow|deputy)\b", re.IGNORECASE)
"""Words that make somebody one of the body of whoever was named before."""


def reaches(statement: Statement, told: Told, names: Sequence[str]) -> bool:
    """Whether the cited sentences may mean who goes by `names`, without naming them."""
    if isinstance(told.owner, Place):
        return _is_named_within(statement, names) or _reaches_place(statement, names)
    passage, source = statement.passage, is_source(told)
    leads = not source and not passage.leading.isdisjoint(names)
    if leads or _is_named_within(statement, names):
        return True
    if (source or is_first_person(statement.quote)) and issues(statement, names):
        return True
    if (_tells_unnamed if source else _is_set_above)(statement, names):
        return True
    if statement.parent is not None and _any(names, statement.parent.quote):
        return True
    if _BOTH.search(statement.quote) and _is_named_near(statement, names, WIDER):
        return True
    if _is_named_near(statement, names, REACH):
        if passage.language not in JUDGED:
            return True
        words = (_PERSON, _ROLE, _GROUP) if is_person(names) else (_THING, _GROUP)
        if any(pattern.search(statement.quote) for pattern in words):
            return True
    return not source and _goes_with(statement, told, names)


def _is_named_within(statement: Statement, names: Sequence[str]) -> bool:
    """Whether what a statement cites, or the objects in it, names who goes by `names`."""
    texts = map(statement.passage.text, statement.sentences_within)
    return any(_any(names, text) for text in texts)


def _tells_unnamed(statement: Statement, names: Sequence[str]) -> bool:
    """Whether a source may be meant by its paper ("the report") or by a passive ("is said to")."""
    if any(_is_meant(statement, name) for name in names):
        return True
    return bool(_PASSIVE.search(statement.quote)) and _is_named_near(statement, names, WIDER)


def _is_set_above(statement: Statement, names: Sequence[str]) -> bool:
    """Whether a heading sets somebody for the cited sentences."""
    passage = statement.passage
    if any(_any(names, passage.layout.heads(number)) for number in statement.sentences):
        return True
    return _any(names, passage.layout.headline) and not _names_anybody(statement)


def _names_anybody(statement: Statement) -> bool:
    """Whether the cited sentences name one of those whom the record knows."""
    return any(_any(names, statement.quote) for names in statement.passage.bearers)


def issues(statement: Statement, names: Sequence[str]) -> bool:
    """Whether whoever goes by `names` may be the one whose own words the cited sentences are."""
    passage = statement.passage
    return (
        _any(names, passage.byline)
        or _any(names, passage.layout.issuer)
        or (is_first_person(statement.quote) and _any(names, passage.layout.edges))
        or any(_any(names, passage.layout.label(number)) for number in statement.sentences)
    )


def is_source(told: Told) -> bool:
    """Whether a reference tells who says, judges or counts something."""
    if told.node.kind is not Kind.REFERENCE:
        return False
    return _holds_source(type(told.owner), told.name, told.path.endswith(pointer(told.name)))


@lru_cache(maxsize=1024)
def _holds_source(model: type[BaseModel], name: str, alone: bool) -> bool:
    """Whether a field of references, or of one `alone`, tells who says something."""
    fields = model.model_fields
    judges = marked(fields[name].metadata, NotOf) is not None
    if judges or issubclass(model, Attribution | Quantity):
        return True
    # Beside those that do something, the one that is named alone tells of it.
    return alone and any(marked(field.metadata, NotSource) for field in fields.values())


def _reaches_place(statement: Statement, names: Sequence[str]) -> bool:
    """Whether a place is of a sentence that names none: from before it, or from the dateline."""
    passage = statement.passage
    heads = [passage.layout.headline, *map(passage.layout.heads, statement.sentences)]
    if any(_any(names, text) for text in heads):
        return True
    if any(passage.mentions.places(number) for number in statement.sentences):
        return False
    if _is_named_near(statement, names, REACH) or _any(names, passage.opening):
        return True
    spots = {match.group(1).lower() for match in _SPOT.finditer(statement.quote)}
    return any(_stand_with(statement, name, spot) for name in names for spot in sorted(spots))


def reaches_from_text(statement: Statement, word: str, text: str, *, close: bool) -> bool:
    """Whether a text may have a word of a name that the cited sentences don't have.

    A text that keeps to its sentences may have it in the place of a pronoun or a role, and not in
    that of another name.
    """
    passage = statement.passage
    if is_first_person(statement.quote):  # "We" may be anybody whose author it is.
        return True
    if close and passage.language in JUDGED and _keeps_to(text, statement.quote, KEPT):
        if _is_meant(statement, word):
            return True
        return _stand_ins(text) < _stand_ins(statement.quote) and known_in(word, statement.near)
    return (
        not _keeps_to(text, statement.quote, FOLLOWS)
        or _is_meant(statement, word)
        or known_in(word, statement.near)
        or known_in(word, passage.opening)
        or known_in(word, passage.layout.issuer)
        or any(known_in(word, text) for text in map(passage.layout.heads, statement.sentences))
        or any(known_in(word, text) for text in map(passage.text, statement.sentences_within))
        or (not close and len(passage.index.sentences(word)) >= OFTEN)
        or (not close and _is_of_the_article(statement, word, text))
        or any(known_in(word, name) for name in passage.leading)
    )


def _is_of_the_article(statement: Statement, word: str, text: str) -> bool:
    """Whether a label names a thing by a name that the article has with it: "the raid on Varn"."""
    found = _HEAD.search(_CAPITALS.sub("", text[: text.find(word)]))
    return found is not None and _stand_with(statement, word, found.group(1).lower())


def _stand_with(statement: Statement, name: str, noun: str) -> bool:
    """Whether a sentence of the article has a name together with a noun."""
    passage = statement.passage
    return any(
        noun in words_of(passage.text(number))
        for word in telling(name)
        for number in passage.index.sentences(word)[:_MOST]
    )


def _keeps_to(text: str, quote: str, share: float) -> bool:
    words = words_of(text)
    return len(words & words_of(quote)) >= share * len(words)


def _is_meant(statement: Statement, word: str) -> bool:
    """Whether a name may be that of a thing which the cited sentences have as known: "that river"
    for the Marron river."""
    found = _KNOWN.finditer(statement.quote)
    nouns = {noun.lower() for match in found for noun in match.groups() if noun}
    return any(_stand_beside(statement, word, noun) for noun in sorted(nouns))


def _stand_beside(statement: Statement, name: str, noun: str) -> bool:
    """Whether the article has a noun right before or after a name, or at most "of" between."""
    passage = statement.passage
    told = re.compile(
        rf"\b{re.escape(noun)}s? (?:(?:of|at|in|on|near|by) (?:the )?)?{re.escape(name)}\b"
        rf"|\b{re.escape(name)}(?:['’]s)? (?:[\w-]+ )?{re.escape(noun)}s?\b",
        re.IGNORECASE,
    )
    return any(
        told.search(passage.text(number))
        for each in telling(name)
        for number in passage.index.sentences(each)[:_MOST]
    )


def _stand_ins(text: str) -> int:
    return sum(len(pattern.findall(text)) for pattern in (_PERSON, _ROLE, _THING, _GROUP, _BOTH))


def _is_named_near(statement: Statement, names: Sequence[str], back: int) -> bool:
    """Whether one of the sentences before the cited ones names who goes by `names`."""
    passage, cited = statement.passage, frozenset(statement.sentences)
    before = {n for s in cited for n in range(max(1, s - back), s)} - cited
    return any(_any(names, passage.text(number)) for number in sorted(before, reverse=True))


def is_person(names: Sequence[str]) -> bool:
    """Whether names are a person's, as far as they tell."""
    return any(map(_is_person, names))


@lru_cache(maxsize=1024)
def _is_person(name: str) -> bool:
    return designation(name).full is not None and kind_of(name) is None


def _goes_with(statement: Statement, told: Told, names: Sequence[str]) -> bool:
    """Whether a body is told of beside the person of the same item who speaks for it."""
    passage = statement.passage
    if _FELLOW.search(statement.quote) and any(
        other is not statement and any(each.value == told.value for each in other.names)
        for number in range(statement.sentences[0] - WIDER, statement.sentences[0])
        for other in statement.siblings.by_sentence.get(number, ())
    ):
        return True
    return told.path.endswith(pointer(told.name)) and any(
        passage.stand_together(names, passage.names_of(str(other.value)))
        for other in statement.names
        if other.owner is told.owner and is_source(other)
    )


def _any(names: Sequence[str], text: str) -> bool:
    return any(known_in(name, text) for name in names)
