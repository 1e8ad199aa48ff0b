"""Windows: the parts in which a long article goes to a model.

A window is a run of sentences that a model can take in one call. Windows overlap, so that what is
told across a cut is seen whole; they begin where a paragraph does, if one does near enough. What a
window needs of the text before it, the full names of those that it knows by short ones, is put to
it by code: no window waits for another.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from itertools import accumulate
from math import ceil
from typing import TYPE_CHECKING

from summarizer.errors import ArticleTooLong, excerpt
from summarizer.templates import numbered, numbered_line

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.grounding import Source

Count = Callable[[str], Awaitable[int | None]]
"""The tokens in a text, as the server counts them; None where it doesn't."""

BYTES_PER_TOKEN = 3
"""A safe estimate where nothing has counted: prose has more in nearly every script."""
OVERLAP = 3
"""Sentences that two windows share: what is told at a cut is mostly told in as many."""
MOST_KNOWN = 24
"""Names that are told to a window from before it."""
_SAMPLES, _SAMPLE = 3, 4000
"""Pieces of an article, and their bytes, by which tokens are first estimated."""
_OVERLAP_SHARE = 0.25
"""Of a window, at most, what it shares with the one before it."""
_KNOWN_SHARE = 0.125
"""Likewise, what it is told from before it."""
_EARLY = 0.75
"""Of the best size, at least, a window that ends with a paragraph."""
_MARGIN = 0.97
"""Of the size that a window should come to, what one is cut to that was too large."""

_WORD = re.compile(r"[^\W\d_]\w*(?:[-.’'][^\W\d_]\w*)*")
_POSSESSIVE = re.compile(r"[’']s$")


@dataclass(frozen=True)
class Window:
    """A run of an article's sentences, by their numbers (from 1), the last one included."""

    first: int
    last: int
    known: tuple[str, ...] = ()
    """Full names that stand only before it, of those that it knows by short ones."""

    @property
    def sentences(self) -> range:
        """The numbers of its sentences."""
        return range(self.first, self.last + 1)


async def windows(
    source: Source, room: int, count: Count, *, overlap: int = OVERLAP
) -> list[Window]:
    """The windows of an article, in order; a single one where all of it fits.

    `room` is in tokens, for an article as `templates.numbered` shows it: title, fence and known
    names are in it. `count` is asked for a few samples and for every window; where it answers
    None, sizes are a safe estimate. Every sentence that can be cited is in a window, and two
    windows share the last `overlap` of them, or as many as take no more than a quarter of the
    room.

    Raises:
        ArticleTooLong: a sentence takes more than `room` by itself.
    """
    cutter = _Cutter(source, room, count, overlap)
    return await cutter.windows()


class _Cutter:
    """Cuts one article. Positions are in the list of its sentences that can be cited."""

    def __init__(self, source: Source, room: int, count: Count, overlap: int) -> None:
        self._source = source
        self._article = source.article
        self._room = room
        self._count = count
        self._overlap = overlap
        self._known = _Known(source, int(room * _KNOWN_SHARE * BYTES_PER_TOKEN))
        self._numbers = sorted(source.citable)
        sizes = (_bytes(numbered_line(self._article, n)) + 1 for n in self._numbers)
        self._sums = list(accumulate(sizes, initial=0))
        """Bytes before each position."""
        self._rate = 1 / BYTES_PER_TOKEN
        """Tokens per byte."""
        self._counted = True
        """Whether the server counts, as far as is known."""

    async def windows(self) -> list[Window]:
        """All of them."""
        whole = Window(1, self._article.sentence_count)
        if not self._numbers or self._estimate(self._shown(whole)) <= self._room:
            return [whole]
        await self._calibrate()
        made: list[Window] = []
        start = end = 0
        while end < len(self._numbers):
            start, end, window = await self._cut(start, end, made[-1].known if made else ())
            made.append(window)
            start = self._back(start, end)
        return made

    async def _calibrate(self) -> None:
        """Learn how many tokens the article's bytes make, from samples of it."""
        rates: list[float] = []
        for sample in range(_SAMPLES):
            start, stop = (n * len(self._numbers) // _SAMPLES for n in (sample, sample + 1))
            numbers = self._numbers[start : max(start + 1, min(self._reach(start, _SAMPLE), stop))]
            text = "\n".join(numbered_line(self._article, number) for number in numbers)
            rates.append(await self._tokens(text) / _bytes(text))
        self._rate = max(rates) if self._counted else self._rate

    async def _cut(self, start: int, fresh: int, known: tuple[str, ...]) -> tuple[int, int, Window]:
        """A window from `start` that goes beyond `fresh`, where the one before it ended.

        `known` is what that one was told: this one will be told about as much.
        """
        # What all windows have in common, an empty one shows.
        common = _bytes(self._shown(Window(1, 0, known)))
        size = max(self._room / self._rate - common, 1)
        while True:
            end = self._end(start, fresh, size)
            window = self._window(start, end)
            tokens = await self._tokens(self._shown(window))
            if tokens <= self._room:
                return start, end, window
            if end > fresh + 1:
                size = (self._sums[end] - self._sums[start]) * self._room / tokens * _MARGIN
            elif start < fresh:
                start = fresh
            else:
                bare = replace(window, known=())
                if window.known and await self._tokens(self._shown(bare)) <= self._room:
                    return start, end, bare
                raise _too_long(self._article, self._numbers[start], tokens, self._room)

    def _end(self, start: int, fresh: int, size: float) -> int:
        """Where a window from `start` ends that has no more than `size` bytes.

        All windows are to be alike, and to end with a paragraph.
        """
        last = len(self._numbers)
        most = max(self._reach(start, size), fresh + 1)
        if most == last:
            return last
        rest = self._sums[last] - self._sums[start]
        shared = min(self._overlap * self._sums[last] / last, size * _OVERLAP_SHARE)
        best = (rest - shared) / ceil((rest - shared) / (size - shared)) + shared
        aim = min(max(self._reach(start, best), fresh) + 1, most)
        early = max(self._reach(start, best * _EARLY), fresh + 1)
        ends = [end for end in range(early, most + 1) if self._opens(end)]
        # A later one first: windows that end early make one more of them in the end.
        return min(ends, key=lambda end: (end < aim, abs(end - aim)), default=aim)

    def _opens(self, position: int) -> bool:
        """Whether a paragraph opens at a position."""
        before, after = self._numbers[position - 1 : position + 1]
        return self._article.paragraph(before) < self._article.paragraph(after)

    def _back(self, start: int, end: int) -> int:
        """Where the window after one from `start` to `end` begins."""
        most = self._room / self._rate * _OVERLAP_SHARE
        near = bisect_left(self._sums, self._sums[end] - most)
        return max(start + 1, end - self._overlap, near)

    def _reach(self, start: int, size: float) -> int:
        """The last position up to which there are no more than `size` bytes from `start`."""
        return bisect_right(self._sums, self._sums[start] + size) - 1

    def _window(self, start: int, end: int) -> Window:
        first = self._numbers[start] if start else 1
        last = self._numbers[end - 1] if end < len(self._numbers) else self._article.sentence_count
        return Window(first, last, self._known.names(range(first, last + 1)))

    def _shown(self, window: Window) -> str:
        return numbered(self._article, self._source.furniture, window)

    async def _tokens(self, text: str) -> int:
        counted = await self._count(text) if self._counted else None
        if counted is None:
            self._counted, self._rate = False, 1 / BYTES_PER_TOKEN
        return self._estimate(text) if counted is None else counted

    def _estimate(self, text: str) -> int:
        return ceil(_bytes(text) * self._rate)


class _Known:
    """What short forms stand for, in a window that comes after the full ones.

    `room` is in bytes.
    """

    def __init__(self, source: Source, room: int) -> None:
        self._source = source
        self._room = room

    def names(self, sentences: range) -> tuple[str, ...]:
        """The full names that stand before `sentences` only, and are meant by short ones there."""
        found: dict[str, str] = {}
        left = self._room
        for short in self._capitalised(sentences) if sentences.start > 1 else ():
            # Most names are new: those of which a full form stands before stand there as well.
            if not any(n < sentences.start for n in self._source.names.sentences(short)[:1]):
                continue
            full = self._source.identities.known(short)
            if full == short or full in found or not self._before(full, sentences):
                continue
            told = full if short.casefold() in full.casefold() else f"{full} ({short})"
            left -= _bytes(told) + 2
            if left < 0 or len(found) == MOST_KNOWN:
                break
            found[full] = told
        return tuple(found.values())

    def _capitalised(self, sentences: range) -> dict[str, None]:
        quotes = (self._source.article.quote(n) for n in sentences if n in self._source.citable)
        words = (word for quote in quotes for word in _WORD.findall(quote))
        return {_POSSESSIVE.sub("", word): None for word in words if word[0].isupper()}

    def _before(self, name: str, sentences: range) -> bool:
        """Whether a name stands before `sentences`, and not in them."""
        standing = self._source.names.sentences(name)
        at = bisect_left(standing, sentences.start)
        return at > 0 and not any(number in sentences for number in standing[at : at + 1])


def _bytes(text: str) -> int:
    return len(text.encode())


def _too_long(article: Article, number: int, tokens: int, room: int) -> ArticleTooLong:
    return ArticleTooLong(
        f"Sentence {number} of the article (“{excerpt(article.quote(number))}”) takes {tokens:,} "
        f"tokens by itself; there is room for {max(room, 0):,}.",
        hint="Use a model or a server with a larger context.",
    )
