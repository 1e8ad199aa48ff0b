"""Which names stand in an article, by their capitals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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
    texts = [" ".join(article.quote(number).split()) for number in numbers]
    words = {word for text in texts for word in _LOWER_WORD.findall(text)}
    lower = {word for word in words if word[0].islower()}
    found: dict[str, str] = {}
    amid: set[str] = set()
    for text in texts:
        for run, starts in _runs(text):
            name = without_title(" ".join(run))
            form = normal_form(name)
            if _is_name(name, lower):
                found.setdefault(form, name)
            # The first word of a sentence has its capital whatever it is.
            if not starts or len(name.split()) > 1 or name.isupper():
                amid.add(form)
    return tuple(name for form, name in found.items() if form in amid)


def _runs(text: str) -> list[tuple[list[str], bool]]:
    """Runs of capitalised words in a sentence, each with whether the sentence starts with it."""
    runs: list[list[str]] = []
    run: list[str] = []
    waiting: list[str] = []
    previous = 0
    for match in _WORD.finditer(text):
        gap = text[previous : match.start()]
        previous = match.end()
        if run and gap not in {"", " "}:
            runs.append(run)
            run, waiting = [], []
        word, last = _bare(match.group())
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


def _is_name(name: str, lower: set[str]) -> bool:
    words = name.split()
    if not words or len(words) > MOST_WORDS or not 2 <= len(name) <= LONGEST_NAME:
        return False
    if len(words) > 1:
        return not is_people(words)
    word = words[0].casefold()
    if word in NOT_NAMES or word in TITLES or is_adjective(word) or len(word.strip(".")) < 2:
        return False
    # A word that also stands without its capital is a word, unless it is written in capitals.
    return word not in lower or words[0].isupper()
