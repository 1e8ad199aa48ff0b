"""Falsehoods in the texts of an item: one word, or a few, that make it say something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from random import Random

from summarizer.evals.falsehoods.days import dated, dates
from summarizer.evals.falsehoods.items import Change, Item, Text, stands
from summarizer.evals.falsehoods.measures import in_text
from summarizer.evals.falsehoods.names import Bearer, foreign
from summarizer.evals.falsehoods.numerals import (
    bounds,
    numbers,
    other_words,
    others,
    rewritten,
    values,
)
from summarizer.evals.falsehoods.polarity import Rewriting, denials
from summarizer.evals.falsehoods.tenses import shifts


def reworded_numbers(item: Item, chance: Random) -> Iterator[Change]:
    """Another number in a text; dates and names keep theirs."""
    taken = values(item.cited)
    for text in item.texts():
        spared = [*dated(text.value, text.language), *_named(item, text)]
        for found in numbers(text.value, text.language):
            if _meets(found.start, found.end, spared):
                continue
            limits = bounds(text.value, found.start)
            words = other_words(found, taken, limits)
            chance.shuffle(words)
            written = words[:2] or [
                new
                for each in others(found.value, taken, limits)
                if (new := rewritten(found, each)) is not None
            ]
            yield from (_changed(text, Rewriting(found.start, found.end, new)) for new in written)


def reworded_measures(item: Item, chance: Random) -> Iterator[Change]:
    """Another qualifier or unit of a number in a text."""
    for text in item.texts():
        for each in in_text(text.value, text.language):
            if not stands_whole(each.written, item.cited):
                yield _changed(text, each)


def denied(item: Item, chance: Random) -> Iterator[Change]:
    """A text with a "not" more or less."""
    for text in item.texts():
        for each in denials(text.value, text.language):
            yield _changed(text, each)


def shifted(item: Item, chance: Random) -> Iterator[Change]:
    """A text in another tense."""
    for text in item.texts():
        for each in shifts(text.value, text.language):
            yield _changed(text, each)


def renamed(item: Item, chance: Random) -> Iterator[Change]:
    """A name in a text replaced by one that the article doesn't hold."""
    for text in item.texts():
        for (start, end), whose, _ in _names(item, text):
            found = foreign(text.language, whose, item.whole)
            chance.shuffle(found)
            single = " " not in text.value[start:end] and whose == "person"
            for name in found[:2]:
                new = name.split()[-1] if single else name
                yield _changed(text, Rewriting(start, end, new))


def redated(item: Item, chance: Random) -> Iterator[Change]:
    """Another day, month or year in a text."""
    for text in item.texts():
        for each in dates(text.value, text.language):
            new = [one for one in each.others if not stands_whole(one, item.cited)]
            for one in new[:2]:
                yield _changed(text, Rewriting(each.start, each.end, one))


def swapped_names(item: Item, chance: Random) -> Iterator[Change]:
    """A name in a text replaced by another of the article that the cited sentences don't hold."""
    for text in item.texts():
        for (start, end), whose, ref in _names(item, text):
            if ref is None:
                continue
            found = [
                name
                for other in item.record["parties"]
                if item.bearer(other["id"]) == whose
                and item.is_named(other["id"])
                and not item.is_near(ref, other["id"])
                and not item.is_cited(other["id"])
                and (name := _called(other, text.language, item.language)) is not None
                and not stands(name, text.value)
            ]
            chance.shuffle(found)
            for name in found[:2]:
                yield _changed(text, Rewriting(start, end, name))


def swapped_dates(item: Item, chance: Random) -> Iterator[Change]:
    """A day, month or year in a text replaced by another of the article."""
    for text in item.texts():
        if text.language != item.language:
            continue
        held = _held(item.document.article.text, text.language)
        for each in dates(text.value, text.language):
            fitting = sorted(
                one for one in held & set(each.others) if not stands_whole(one, item.cited)
            )
            for one in fitting[:2]:
                yield _changed(text, Rewriting(each.start, each.end, one))


def reversed_names(item: Item, chance: Random) -> Iterator[Change]:
    """Two names of a text exchanged."""
    for text in item.texts():
        named = [(span, whose, ref) for span, whose, ref in _names(item, text) if ref is not None]
        for i, (first, whose, one) in enumerate(named):
            for second, other_whose, other in named[i + 1 :]:
                if whose != other_whose or item.is_near(one, other):
                    continue
                (a, b), (c, d) = sorted((first, second))
                if re.fullmatch(r"\s*(?:,|and|und|et|и)\s*", text.value[b:c]):
                    continue
                value = text.value
                new = value[:a] + value[c:d] + value[b:c] + value[a:b] + value[d:]
                yield Change(text.path, value, new, {text.path: new})


def stands_whole(phrase: str, text: str) -> bool:
    """Whether a phrase stands in a text as whole words."""
    return bool(re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text, re.IGNORECASE))


@lru_cache(maxsize=32)
def _held(article: str, language: str) -> frozenset[str]:
    """The days, months and years of an article."""
    return frozenset(article[each.start : each.end] for each in dates(article, language))


def _changed(text: Text, new: Rewriting) -> Change:
    value = text.value[: new.start] + new.written + text.value[new.end :]
    return Change(text.path, text.value, value, {text.path: value})


def _names(item: Item, text: Text) -> Iterator[tuple[tuple[int, int], Bearer, str | None]]:
    """The names of parties and places in a text, the longer first: where, whose, and the id."""
    known: list[tuple[str, Bearer, str | None]] = [
        (name, item.bearer(party["id"]), party["id"])
        for party in item.record["parties"]
        for name in item.names(party["id"])
        # What is written small is a common noun, and says little of who it is.
        if any(letter.isupper() for letter in name)
    ]
    places = {
        each["location"]["text"]
        for section in ("military_activities", "diplomatic_meetings")
        for each in item.record[section]
        if each.get("location")
    }
    taken = {name for name, *_ in known}
    known.extend((place, "place", None) for place in sorted(places - taken))
    spans: list[tuple[int, int]] = []
    for name, whose, ref in sorted(known, key=lambda each: (-len(each[0]), each[0])):
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text.value):
            if not _meets(*match.span(), spans):
                spans.append(match.span())
                yield match.span(), whose, ref


def _named(item: Item, text: Text) -> list[tuple[int, int]]:
    return [span for span, *_ in _names(item, text)]


def _meets(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(start < b and a < end for a, b in spans)


def _called(party: dict[str, object], language: str, articles: str) -> str | None:
    """What a party is called in a text of that language."""
    name = party["name"] if language == articles else party.get("name_en")
    return name if isinstance(name, str) else None
