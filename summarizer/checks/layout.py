"""What the layout of an article tells of those in it: headings, labels, and who issues it.

A heading, the label of a turn and a line that opens a list hold for what follows them. A body that
speaks in its own document is named at its head or in its sign-off, and otherwise says "we".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property, lru_cache

HEAD = 6
"""Sentences at the start of a document among which lines without a stop, or in the first person,
may name its issuer; so may the first with a stop."""
SIGN_OFF = 5
"""Sentences at its end that may sign it."""
HEADINGS = 3
"""Headings above a sentence that may hold for it: those of the list, the region, the day."""
OWN = 2
"""Sentences in the first person, outside quotation marks, that make a document its issuer's."""
_LONGEST = 140
"""Characters of a line that is a heading and no sentence without its stop."""
_STOPS = re.compile(r"[.!?…。！？؟।][\"”’»)\]]*\s*\Z")
_LISTED = re.compile(r"\s*(?:[-–—•*·◦▪+]+|\(?\d{1,3}[.)])\s")
_LABEL = re.compile(r"[\W_]*([^\W_][^:.!?\"“”]{1,80}):\s")
_QUOTED = re.compile(r"[“\"„«][^“”\"„»]*(?:[”\"»]|\Z)|\A[^“”\"„»«]*”")
_MARKED = re.compile('[“”"„«»]')
_FIRST = re.compile(r"\b(?:[Ww]e|WE|[Oo]ur|[Oo]urs|[Oo]urselves|us|[Mm]y|me|myself)\b")
_SINGULAR = re.compile(r"(?:\A|[,;:—–-] |\b[a-z]+ )I (?=[a-z])")
_ISSUED = re.compile(
    r"\b(?:statements?|communiqu[ée]s?|declarations?|remarks|releases?|read-?outs?|circulars?"
    r"|bulletins?|transcripts?|briefings?|addresses?|speech|message|letters?|notices?|advisor(?:y|ies)"
    r"|memorandum|memo|notes?|opinion|reports?|summar(?:y|ies)|press service|press office"
    r"|spokes\w+|fact ?sheet|announcements?|updates?|orders?|decree|warnings?|alerts?|log|minutes"
    r"|interview|testimony|editorial|commentary|appeal|resolution|proclamation|press conference)\b",
    re.IGNORECASE,
)
_IMPERATIVE = re.compile(
    r"(?:[-–—•*\d.)(+ ]*)(?:please|do not|don['’]t|keep|notify|report|contact|avoid|ensure|remain"
    r"|stay|follow|check|call|read|see|note|use|maintain|proceed|monitor|advise|inform|send|submit|refer"
    r"|apply|allow|exercise|observe|expect|consult|carry|leave|wait|take|make|let|consider|remember)"
    r" [a-z]",
    re.IGNORECASE,
)


class Layout:
    """The lines of one article: `lines` its sentences, `alone` the numbers of those that stand in
    a paragraph by themselves, `opening` those that begin one."""

    def __init__(
        self, lines: Sequence[str], alone: frozenset[int], opening: frozenset[int], title: str
    ) -> None:
        self._lines = lines
        self._alone = alone
        self._opening = opening
        self._title = title

    def heads(self, number: int) -> str:
        """The headings above a sentence that may hold for it, and its label; not the headline.

        For a line of a list, what the article begins with as well.
        """
        at = bisect_right(self._headings, number - 1)
        above = (n for n in self._headings[max(0, at - HEADINGS) : at] if n != 1)
        lead = self._lines[:HEAD] if _LISTED.match(self._lines[number - 1]) else []
        told = [*lead, *(self._lines[n - 1] for n in above), self.label(number)]
        return "\n".join(filter(None, told))

    @cached_property
    def headline(self) -> str:
        """What stands above all of it."""
        first = self._lines[:1] if self._headings[:1] == [1] else []
        return "\n".join(filter(None, [self._title, *first]))

    def label(self, number: int) -> str:
        """What stands before the colon at the start of the turn that a sentence is in."""
        at = bisect_right(self._labelled, number)
        return self._labels[self._labelled[at - 1]] if at else ""

    @cached_property
    def issuer(self) -> str:
        """The lines that may name who issues the document; empty, if it isn't told in its own
        voice."""
        return self.edges if self._is_own else ""

    @cached_property
    def edges(self) -> str:
        """The lines at its head and its end that name who issues it, if it is issued."""
        body = next((line for line in self._lines if _STOPS.search(line)), "")
        head = (x for x in self._lines[:HEAD] if not _STOPS.search(x) or is_first_person(x))
        return "\n".join([self._title, *head, body, *self._lines[-SIGN_OFF:]])

    @cached_property
    def _is_own(self) -> bool:
        head = [self._title, *(line for line in self._lines[:HEAD] if not _STOPS.search(line))]
        if any(map(_ISSUED.search, head)):
            return True
        own = (line for line in self._lines if is_first_person(line))
        return sum(1 for _ in own) >= OWN

    @cached_property
    def _headings(self) -> list[int]:
        return [n for n in range(1, len(self._lines) + 1) if self._is_heading(n)]

    def _is_heading(self, number: int) -> bool:
        line = self._lines[number - 1]
        if line.rstrip().endswith(":"):
            return True
        short = len(line) <= _LONGEST and not _STOPS.search(line)
        return number in self._alone and short

    @cached_property
    def _labels(self) -> dict[int, str]:
        found = {}
        for number in sorted(self._opening):
            if match := _LABEL.match(self._lines[number - 1][:_LONGEST]):
                found[number] = match.group(1)
        return found

    @cached_property
    def _labelled(self) -> list[int]:
        return sorted(self._labels)


@lru_cache(maxsize=1024)
def is_first_person(sentence: str) -> bool:
    """Whether an English sentence speaks for its author, outside quotation marks."""
    # Of every sentence this is asked, and few have marks, or an "I".
    plain = _QUOTED.sub(" ", sentence) if _MARKED.search(sentence) else sentence
    if _FIRST.search(plain) or ("I " in plain and _SINGULAR.search(plain)):
        return True
    return _IMPERATIVE.match(plain) is not None
