"""Which names stand in an article, by their capitals."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from summarizer.names.adjectives import is_adjective, is_people
from summarizer.names.normal import normal_form
from summarizer.names.titles import without_title
from summarizer.names.vocabulary import CONNECTORS, NOT_NAMES, TITLES

if TYPE_CHECKING:
    from summarizer.article import Article

MOST_CANDIDATES = 96
"""As many names as a closed list may hold."""
LONGEST_NAME = 90
"""Characters above which a run of capitals is a heading and no name."""
MOST_WORDS = 9
"""Words above which it is, likewise."""

_WORD = re.compile(r"[^\W_](?:[\w’'&.-]*[\w])?\.?(?:’s|'s)?")
_LOWER_WORD = re.compile(r"\b[^\W\d_]\w*")
_ARTICLE = re.compile(r"^(?:al|el|an|ar|as|ash|at|az)-")
_OPENERS = "\"'“”‘«([ •*-—"


def candidates(article: Article, sentences: range | None = None) -> tuple[str, ...]:
    """The names that stand in an article, by their capitals, in order of first mention.

    A closed list for models that would otherwise invent some; at most `MOST_CANDIDATES`. Empty
    for articles in a script without capitals. With `sentences`, a range of sentence numbers, the
    names that stand in these, as if they were the article.
    """
    return standing_names(article, sentences)[:MOST_CANDIDATES]


def standing_names(article: Article, sentences: range | None = None) -> tuple[str, ...]:
    """What `candidates` gives, however many they are."""
    numbers = range(1, article.sentence_count + 1) if sentences is None else sentences
    read = [_read(article.quote(number)) for number in numbers]
    lower = frozenset().union(*(sentence.small for sentence in read))
    found: dict[str, str] = {}
    amid: set[str] = set()
    for sentence in read:
        for run in sentence.runs:
            # A word that also stands without its capital is a word, unless it is all capitals.
            if run.is_name and run.word not in lower:
                found.setdefault(run.form, run.name)
            if run.amid:
                amid.add(run.form)
    return tuple(name for form, name in found.items() if form in amid)


class _Run(NamedTuple):
    """A run of capitalised words."""

    form: str
    name: str
    is_name: bool
    word: str | None
    """What it is without its capital, where that would tell that it is none."""
    amid: bool
    """Whether its capital is not that which the first word of a sentence has, whatever it is."""


class _Sentence(NamedTuple):
    runs: tuple[_Run, ...]
    small: frozenset[str]
    """Its words without a capital."""


# The same article is read for several things, and others repeat its sentences.
@lru_cache(maxsize=1024)
def _read(sentence: str) -> _Sentence:
    text = " ".join(sentence.split())
    words = {word for word in _LOWER_WORD.findall(text) if word[0].islower()}
    return _Sentence(tuple(_run(*run) for run in _runs(text)), frozenset(words))


def _run(words: list[str], starts: bool) -> _Run:
    name = without_title(" ".join(words))
    parts = name.split()
    alone = len(parts) == 1 and not name.isupper()
    amid = not starts or len(parts) > 1 or name.isupper()
    word = parts[0].casefold() if alone else None
    return _Run(normal_form(name), name, _is_name(name, parts), word, amid)


def _runs(text: str) -> list[tuple[list[str], bool]]:
    """Runs of capitalised words in a sentence, each with whether the sentence starts with it."""
    runs: list[list[str]] = []
    run: list[str] = []
    waiting: list[str] = []
    previous = 0
    for match in _WORD.finditer(text):
        word = match.group()
        if not run and word[0].islower() and "-" not in word:
            continue  # most words
        gap = text[previous : match.start()]
        previous = match.end()
        if run and gap not in {"", " "}:
            runs.append(run)
            run, waiting = [], []
        word, last = _bare(word)
        if _is_capitalised(word) or (run and word[:1].isdigit() and len(word) < 6):
            run += [*waiting, word]
            waiting = []
            if last:
                runs.append(run)
                run = []
        elif run and word.casefold() in CONNECTORS and len(waiting) < 2:
            waiting.append(word)
        elif run:
            runs.append(run)
            run, waiting = [], []
    if run:
        runs.append(run)
    opening = text.lstrip(_OPENERS)
    return [
        (_without_filler(run), position == 0 and opening.startswith(run[0]))
        for position, run in enumerate(runs)
    ]


def _bare(word: str) -> tuple[str, bool]:
    """A word without its possessive, or the full stop of its sentence; must a name end with it?"""
    if word.endswith(("’s", "'s")):
        return word[:-2], True
    # "Gen." and "J." go on; a longer word with a full stop ends its sentence.
    if word.endswith(".") and word.count(".") == 1 and len(word) > 5:
        return word[:-1], True
    return word, False


def _is_capitalised(word: str) -> bool:
    """Whether a word begins with a capital, or has one after a number or the Arabic article:
    "12-Day", "al-Kindi"."""
    first = word[:1]
    if "-" in word:
        first = _ARTICLE.sub("", word)[:1]
    return first.isupper() or (first.isdigit() and any(map(str.isupper, word)))


def _without_filler(words: list[str]) -> list[str]:
    """A run without what is capitalised before a name, and without a full stop after it."""
    if words[-1].count(".") == 1:
        words[-1] = words[-1].rstrip(".")
    start = 0
    while start < len(words) and _is_filler(words[start].rstrip(".")):
        start += 1
    return words[start:]


def _is_filler(word: str) -> bool:
    return word.casefold() in NOT_NAMES or word.isdigit()


def _is_name(name: str, words: list[str]) -> bool:
    if not words or len(words) > MOST_WORDS or not 2 <= len(name) <= LONGEST_NAME:
        return False
    if len(words) > 1:
        return not is_people(words)
    word = words[0].casefold()
    return not (
        word in NOT_NAMES or word in TITLES or is_adjective(word) or len(word.strip(".")) < 2
    )
