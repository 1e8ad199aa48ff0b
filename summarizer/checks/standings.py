"""As what a name stands in an English sentence: who acts, who suffers, who speaks, where it was.

Only what the words around a name tell plainly; most names stand as `Part.OTHER`, which says
nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from operator import itemgetter

from summarizer.checks import standing_words as words
from summarizer.checks.standing_words import Part, Sign
from summarizer.checks.words import find_words
from summarizer.schemas.places import country_code

MOST = 12
"""Places of one name in a sentence, and names of one series, that are looked at."""
_TITLED = 60
"""Characters before a name in which its title stands."""
_LETTERS = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Standing:
    """One place of a name in a sentence, `text`."""

    start: int
    end: int
    text: str

    @cached_property
    def part(self) -> Part:
        """As what it stands there."""
        run = _run_over(self.start, self.end, self.text)
        first, last = _series(run, self.text)
        return _part(run, first, last, self.start, self.text)

    @property
    def titled(self) -> bool:
        """Whether an office or a title stands beside it: a person."""
        before = max(0, self.start - _TITLED)
        return bool(
            words.TITLE_BEFORE.search(self.text, before, self.start)
            or words.OFFICE_AFTER.match(self.text, self.end)
        )

    @property
    def counts(self) -> bool:
        """Whether it keeps count or reports by trade."""
        return bool(words.COUNTS.match(self.text, self.end))


@dataclass(frozen=True)
class _Run:
    """Words with capitals in a row."""

    start: int
    end: int


@lru_cache(maxsize=1024)
def standings(name: str, text: str) -> tuple[Standing, ...]:
    """Every place of a name in a sentence, in order.

    Whole words, written as the name is or in capitals.
    """
    name, text = name.replace("’", "'"), text.replace("’", "'")
    if name not in text and name.upper() not in text:
        return ()
    found = islice(_occurrences(name, text), MOST)
    return tuple(Standing(start, end, text) for start, end in found)


def others_act(text: str, taken: Sequence[Standing]) -> bool:
    """Whether a sentence has a name, besides those taken, that does or owns what it tells of."""
    text = text.replace("’", "'")
    for run in _runs(text):
        if _overlaps(run, taken):
            continue
        if words.AFTER_PREPOSITION.search(text, max(0, run.start - 40), run.start):
            continue
        if words.ACTS.match(text, run.end) and not words.SPEAKS.match(text, run.end):
            return True
    return False


def tells_of_others(text: str, speaker: Standing, taken: Sequence[Standing]) -> bool:
    """Whether what a speaker says begins with somebody else, by name, who does or owns it."""
    text = text.replace("’", "'")
    # What is said stands after "said", or else the sentence begins with it.
    said = words.SAID.match(text, speaker.end) or words.OPENING.match(text)
    begin = said.end() if said else 0
    run = next((run for run in _runs(text) if run.start >= begin), None)
    # "The" and the like may stand before it.
    if run is None or run.start - begin > len("the ") or _overlaps(run, taken):
        return False
    return words.ACTS.match(text, run.end) is not None and not words.SPEAKS.match(text, run.end)


def _overlaps(run: _Run, taken: Sequence[Standing]) -> bool:
    return any(each.start < run.end and run.start < each.end for each in taken)


def _occurrences(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a name begins and ends. To make a pattern of each name would take longer."""
    end = 0 if name else len(text) + 1  # nothing stands nowhere
    while places := [p for form in (name, name.upper()) if (p := find_words(form, text, end))]:
        start, end = min(places, key=itemgetter(0))
        yield start, end


def _part(run: _Run, first: int, last: int, start: int, text: str) -> Part:
    before = max(0, first - words.REACH)
    whole = text[start : run.end]
    no_party = words.NO_PARTY.search(whole) and country_code(whole) is None
    if no_party or text[start - 1 : start] == "@":
        return Part.NO_PARTY
    if (line := words.DATELINE.match(text)) and start < line.end():
        return Part.PLACE
    signs_before, signs_after = _signs(text)
    for part, pattern, _ in signs_before:
        if pattern.search(text, before, first):
            if part is Part.PLACE and _is_owner(text, first, run.end):
                continue
            return part
    for part, pattern, _ in signs_after:
        if pattern.match(text, last):
            return part
    if words.SPOKEN_BY.search(text, before, first) or words.SPEAKS.match(text, last):
        return Part.SPEAKER
    return Part.OTHER


@lru_cache(maxsize=1024)
def _signs(text: str) -> tuple[Sequence[Sign], Sequence[Sign]]:
    """The signs before a name, and those after it, that a sentence has the words for."""
    there = frozenset(_LETTERS.findall(text.casefold()))
    before, after = (
        [sign for sign in signs if sign.needs is None or not sign.needs.isdisjoint(there)]
        for signs in (words.BEFORE, words.AFTER)
    )
    return before, after


def _is_owner(text: str, start: int, end: int) -> bool:
    """Whether the act may be that of a place: "in Iran, the army", "troops in Iran"."""
    return bool(
        words.OWNS.match(text, end)
        or words.OWN_AFTER.match(text, end)
        or words.OWN_BEFORE.search(text, max(0, start - words.REACH), start)
    )


@lru_cache(maxsize=1024)
def _runs(text: str) -> tuple[_Run, ...]:
    found = []
    for match in words.RUN.finditer(text):
        opener = words.OPENER.match(match.group())
        start = match.start() + (opener.end() if opener else 0)
        if start < match.end():
            found.append(_Run(start, match.end()))
    return tuple(found)


def _run_over(start: int, end: int, text: str) -> _Run:
    """The run of capitals that a name is in, or the name itself."""
    for run in _runs(text):
        if run.start <= start and end <= run.end:
            return run
    return _Run(start, end)


def _series(run: _Run, text: str) -> tuple[int, int]:
    """Where the series begins and ends that a run stands in: "Iran, Syria and the Lebanon"."""
    runs = _runs(text)
    here = bisect_left(runs, run.start, key=lambda each: each.start)
    first, last, gaps = run.start, run.end, ""
    for other in (each for each in runs[here : here + MOST] if each.start >= run.end):
        if not words.LISTED.fullmatch(text, last, other.start):
            break
        gaps += text[last : other.start]
        last = other.end
    for other in reversed(runs[max(0, here - MOST) : here]):
        if not words.LISTED.fullmatch(text, other.end, first):
            break
        gaps += text[other.end : first]
        first = other.start
    # A comma alone may as well end a clause: "after the raid on Halm, Norland …".
    return (first, last) if gaps.strip(", ") else (run.start, run.end)
