"""How much of one free text another tells: by key facts, and not by likeness of words.

Whoever labels a text says which facts it must tell, each by patterns that tell it (*accept*) and
patterns that tell something else (*reject*), and how long it may be. Two texts without facts can
only be compared by their words, and earn half at the most.

Words are those of the normal form; in scripts without blanks, such as Chinese, its characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from summarizer.names import normal_form

LEAST_LIMIT = 12
"""Words that any text may have, if no other limit is given."""
SLACK = 1.5
"""How many times as long as the labelled text another may be, likewise."""
WORDS_ALONE = 0.5
"""What a text earns that has all the words of another, where nobody said which facts count."""

# Scripts that don't part words by blanks; each character counts as one: Thai and Lao, Tibetan,
# Myanmar, Khmer, kana, Han.
_UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[{_UNSPACED}]|[^\s{_UNSPACED}]+")
# Typography that a pattern shouldn't have to foresee. Hyphens are not in it: one in brackets
# would become a range.
_STRAIGHT_QUOTES = str.maketrans("‘’ʼ“”", "'''\"\"")


class KeyFact(Protocol):
    """A fact that a text must tell: regular expressions, whose case doesn't matter."""

    @property
    def accept(self) -> Sequence[str]:
        """Each tells the fact wherever it is found."""
        ...

    @property
    def reject(self) -> Sequence[str]:
        """Each tells something else; where one is found the fact is not told."""
        ...


class FactPatterns(NamedTuple):
    """A key fact, compiled."""

    accept: tuple[re.Pattern[str], ...]
    reject: tuple[re.Pattern[str], ...]

    def told_by(self, text: str) -> bool:
        """Whether a pattern that tells the fact is found, and none that tells something else."""
        return any(p.search(text) for p in self.accept) and not any(
            p.search(text) for p in self.reject
        )


class Prose(NamedTuple):
    """A text, prepared. One that tells its facts in more words than `limit` earns less for them."""

    form: str
    text: str
    # Each word with how many of it came before, so that sets of them intersect as multisets.
    words: frozenset[tuple[str, int]]
    facts: tuple[FactPatterns, ...]
    limit: float


def prepare(value: str, facts: Iterable[KeyFact] = (), words: int | None = None) -> Prose:
    """A text with the facts it must tell, and the number of words another may tell them in.

    Without `words` that is `SLACK` times the words of `value`, at least `LEAST_LIMIT`. Raises
    ValueError for a pattern that is no regular expression, and for `words` below 1.
    """
    if words is not None and words < 1:
        raise ValueError("a text needs one word at least to tell a fact")
    form = normal_form(value) or value
    counted = _counted(_WORD.findall(form))
    return Prose(
        form=form,
        text=" ".join(_plain(value).split()),
        words=counted,
        facts=tuple(FactPatterns(_compiled(fact.accept), _compiled(fact.reject)) for fact in facts),
        limit=words or max(LEAST_LIMIT, SLACK * len(counted)),
    )


def credit(first: Prose, second: Prose) -> float:
    """1 for the same normal form, else the share of the facts told, less what is too long.

    Where one side has facts, it is the share of them that the other tells, times
    min(1, limit / words of the other), so that copying the article doesn't earn them. Where both
    have, it is the mean of both directions. Where neither has, it is `WORDS_ALONE` times the
    F-measure of the words, as multisets. Symmetric.
    """
    if first.form == second.form:
        return 1.0
    directions = ((first, second), (second, first))
    told = [_told(one, other) for one, other in directions if one.facts]
    return sum(told) / len(told) if told else WORDS_ALONE * _word_f(first, second)


def _told(labelled: Prose, other: Prose) -> float:
    share = _share_told(labelled.facts, other.text)
    # A text of no words is not too long.
    return share * min(1.0, labelled.limit / max(1, len(other.words)))


@lru_cache(maxsize=2**15)
def _share_told(facts: tuple[FactPatterns, ...], text: str) -> float:
    return sum(fact.told_by(text) for fact in facts) / len(facts)


def _word_f(first: Prose, second: Prose) -> float:
    size = len(first.words) + len(second.words)
    return 2 * len(first.words & second.words) / size if size else 0.0


def _counted(words: Iterable[str]) -> frozenset[tuple[str, int]]:
    seen: Counter[str] = Counter()
    counted = set()
    for word in words:
        counted.add((word, seen[word]))
        seen[word] += 1
    return frozenset(counted)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_STRAIGHT_QUOTES)


def _compiled(patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(map(_compiled_one, patterns))


@lru_cache(maxsize=4096)
def _compiled_one(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(_plain(pattern), re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"not a regular expression: {pattern!r} ({error})") from error
