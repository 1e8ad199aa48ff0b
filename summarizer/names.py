"""Names as they stand in an article: their normal form, where they occur, which there are."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from summarizer.schemas.places import country_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summarizer.article import Article

MOST_CANDIDATES = 96
"""As many names as a closed list may hold."""
LONGEST_NAME = 90
"""Characters above which a run of capitals is a heading and no name."""
MOST_WORDS = 9
"""Words above which it is, likewise."""
_SHORT = 200  # characters: what is longer is a text and not worth keeping

_PUNCTUATION = re.compile(r"[^\w\s]|_")
# Marks without a letter before them, where nothing but words and marks is left.
_UNBORNE = re.compile(r"(?<!\S)[^\w\s]+")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b")
_ABBREVIATION = re.compile(r"\b(?:\w\.){2,}")
_WORD = re.compile(r"[^\W_](?:[\w’'&.-]*[\w])?\.?(?:’s|'s)?")
_LOWER_WORD = re.compile(r"\b[^\W\d_]\w*")


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


# Words that end what stands before a person's name and is not part of it.
_TITLE_ENDS = _words(
    "president premier chancellor king queen prince emir sultan minister secretary state",
    "general gen colonel col lieutenant lt major maj brigadier captain capt commander cmdr",
    "admiral adm marshal sergeant sgt ambassador amb envoy representative spokesman spokeswoman",
    "spokesperson director chief chairman chairwoman chair senator sen rep governor gov",
    "ayatollah sheikh imam pope dr prof professor mr mrs ms sir lord lady",
)
# Words that lead up to one of those: "Foreign" does in "Foreign Minister".
_TITLES = _TITLE_ENDS | _words(
    "vice prime ministers undersecretary foreign defense defence interior deputy acting former",
    "brig special of the for u.s us uk u.k eu un u.n rear south north east west saudi new",
)
# What the holder of an office stands before: "Secretary of Defense", "Envoy for Yemen".
_OFFICE = _words("of for")
_DEPARTMENTS = _words("defense defence interior state")
_GENERAL_BODIES = _words("assembly staff prosecutor conference council headquarters secretariat")
_CONNECTORS = _words("of the for de la del da du des al el bin ibn ben van von y e")
# Capitalised for where they stand, not for what they name.
_NOT_NAMES = _words(
    "a an the this that these those in on at by for from to of with and or but nor so yet if as",
    "when while after before since until during among amid despite although though however",
    "moreover meanwhile additionally according it its he his she her they their we our you your",
    "i my me us who what where why how which there here then now not no yes some many most",
    "several both all each every any other another such one two three four five six seven eight",
    "nine ten monday tuesday wednesday thursday friday saturday sunday january february march",
    "april may june july august september october november december today yesterday tomorrow",
    "simultaneously jan feb mar apr jun jul aug sep sept oct nov dec also still just only even",
    "once again earlier later last next",
)
_ADJECTIVAL = re.compile(r"(?:ian|ean|ese|ish|ench|utch)$")
_ADJECTIVES = _words(
    "american israeli iraqi pakistani saudi yemeni kuwaiti emirati omani qatari somali bahraini",
    "bangladeshi azerbaijani kazakh uzbek tajik kyrgyz turkmen afghan german greek czech thai",
    "libyan kenyan cuban mexican african moroccan tibetan western eastern northern southern",
    "islamic muslim christian jewish arab kurdish",
)
_OPENERS = "\"'“”‘«([ •*-—"


def normal_form(name: str) -> str:
    """`name` as it is compared: NFKC, case folded, without article, possessive, punctuation.

    Abbreviations lose their dots, so that "U.S." and "US" are one name. Idempotent.
    """
    # The texts of articles come through here as well, and are not to stay in memory.
    return _cached_form(name) if len(name) <= _SHORT else _form(name)


# What texts in Latin script are written with, but for letters: marks that mean the same here.
_TYPOGRAPHY = tuple(zip("‘’“”–—\u00a0", '"\'""-- ', strict=True))
_MARKS = bytes(code if chr(code).isalnum() else ord(" ") for code in range(256))
_ASCII_POSSESSIVE = re.compile(r"'s\b(?<=\w's)")
_DOTTED = re.compile(r"\.\w\.")


def _form(name: str) -> str:
    plain = name
    for mark, alike in () if name.isascii() else _TYPOGRAPHY:
        plain = plain.replace(mark, alike)
    return _ascii_form(plain) if plain.isascii() else _any_form(name)


def _ascii_form(name: str) -> str:
    """`_any_form` of ASCII, by a shorter way: most names and sentences go this one."""
    text = name.lower()
    if _DOTTED.search(text):
        text = _ABBREVIATION.sub(lambda m: m.group().replace(".", ""), text)
    text = _ASCII_POSSESSIVE.sub("", text)
    return _without_article(text.encode().translate(_MARKS).decode().split())


def _any_form(name: str) -> str:
    # "Norland™" is not "NorlandTM": a symbol goes before NFKC spells it out.
    text = name.translate({ord(mark): " " for mark in set(name) if _is_symbol(mark)})
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _ABBREVIATION.sub(lambda m: m.group().replace(".", ""), text)
    text = _POSSESSIVE.sub("", text)
    # A text has few different characters: each is looked at once.
    text = text.translate({ord(mark): " " for mark in set(text) if _is_blank(mark)})
    return _without_article(_UNBORNE.sub("", unicodedata.normalize("NFKC", text)).split())


def _without_article(words: list[str]) -> str:
    start = 0
    while start < len(words) - 1 and words[start] == "the":
        start += 1
    return " ".join(words[start:])


@lru_cache(maxsize=4096)
def _is_symbol(mark: str) -> bool:
    return unicodedata.category(mark).startswith("S")


@lru_cache(maxsize=4096)
def _is_blank(mark: str) -> bool:
    """Whether a character is as good as a blank: punctuation, but not what letters bear."""
    borne = unicodedata.category(mark) in {"Mn", "Mc"} and not "\ufe00" <= mark <= "\ufe0f"
    return bool(_PUNCTUATION.fullmatch(mark)) and not borne


_cached_form = lru_cache(maxsize=16384)(_form)


def without_title(name: str) -> str:
    """`name` without what stands before a person's name: "President Ana Ruiz" is "Ana Ruiz".

    A name that would be left empty, or that is no person's, comes back as it is: "President of
    Norway" names an office, and "President of Norway Ana Ruiz" a person.
    """
    words = name.split()
    bare = [word.strip(".,").casefold() for word in words]
    end = 0
    for i, word in enumerate(bare[:-1]):
        if _ends_title(bare, i):
            end = i + 1
        elif not (word in _TITLES or _is_adjective(word)):
            break
    if end and bare[end] in _OFFICE:
        person = _after_office(words, bare, end + 1)
        return without_title(" ".join(words[person:])) if person else name
    return " ".join(words[end:])


def _ends_title(words: list[str], i: int) -> bool:
    match words[i]:
        case "state":  # Secretaries are of state; other states are not titles.
            return words[i - 1 : i] == ["of"]
        case "general":
            return words[i + 1] not in _GENERAL_BODIES
        case word:
            return word in _TITLE_ENDS


def _after_office(words: list[str], bare: list[str], start: int) -> int | None:
    """Where the person begins, whose office is of a department or a country; None if nowhere."""
    start += bare[start : start + 1] == ["the"]
    for end in range(len(words) - 1, start, -1):
        known = bare[end - 1] in _DEPARTMENTS or country_code(" ".join(words[start:end]))
        if known and bare[end] not in _CONNECTORS:
            return end
    return None


def _is_adjective(word: str) -> bool:
    return word in _ADJECTIVES or (len(word) > 5 and bool(_ADJECTIVAL.search(word)))


def adjective_of(name: str, text: str) -> bool:
    """Whether `text` has an adjective made of a one-word `name`: "Russian" of Russia."""
    if " " in name or len(name) < 4:
        return False
    stem = name[:-1] if name[-1] in "aeoy" else name
    return stem in text and bool(_adjectives(stem).search(text))


@lru_cache(maxsize=1024)
def _adjectives(stem: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(stem)}(?:n|an|ian|ese|ish|i)s?\b")


class NameIndex:
    """Where names stand in an article.

    Whole words, in any case. Scripts without case (Arabic, Chinese…) are searched for the plain
    string, since words there carry their particles or run together; Cyrillic words may have
    another ending, of up to three letters, in the place of their last two or after them.
    """

    def __init__(self, article: Article) -> None:
        self._sentences = [f" {normal_form(text)} " for _, text in article.numbered()]
        self._all = "".join(self._sentences)
        self._found: dict[str, tuple[int, ...]] = {}

    def sentences(self, name: str) -> tuple[int, ...]:
        """The numbers of the sentences that hold `name`, in order."""
        key = normal_form(name)
        if key not in self._found:
            self._found[key] = tuple(self._search(key))
        return self._found[key]

    def holds(self, name: str) -> bool:
        """Whether `name` stands anywhere in the article."""
        return bool(self.sentences(name))

    def _search(self, key: str) -> Iterator[int]:
        if not key:
            return
        pattern = None if key.isascii() else _inflected(key)
        plain = key if _is_caseless(key) else f" {key} "
        if pattern is None and plain not in self._all:
            return
        for number, text in enumerate(self._sentences, 1):
            if pattern.search(text) if pattern else plain in text:
                yield number


def _inflected(key: str) -> re.Pattern[str] | None:
    """The pattern of a name with Cyrillic words in it."""
    words = key.split()
    if not any(_is_inflected(word) for word in words):
        return None
    return re.compile(rf" {' '.join(map(_forms, words))} ")


def _forms(word: str) -> str:
    if not _is_inflected(word):
        return re.escape(word)
    # Either the ending changes, or one is added.
    return rf"(?:{re.escape(word[: max(3, len(word) - 2)])}\w{{0,3}}|{re.escape(word)}\w{{1,3}})"


def _is_caseless(key: str) -> bool:
    """Whether a name has letters, and none that has a capital."""
    return key.upper() == key.lower() and any(map(str.isalpha, key))


def _is_inflected(word: str) -> bool:
    return len(word) > 3 and "\u0400" <= word[0] <= "\u04ff"


def candidates(article: Article) -> tuple[str, ...]:
    """The names that stand in an article, by their capitals, in order of first mention.

    A closed list for models that would otherwise invent some; at most `MOST_CANDIDATES`. Empty
    for articles in a script without capitals.
    """
    sentences = [" ".join(text.split()) for _, text in article.numbered()]
    words = {word for text in sentences for word in _LOWER_WORD.findall(text)}
    lower = {word for word in words if word[0].islower()}
    found: dict[str, str] = {}
    amid: set[str] = set()
    for text in sentences:
        for run, starts in _runs(text):
            name = without_title(" ".join(run))
            form = normal_form(name)
            if _is_name(name, lower):
                found.setdefault(form, name)
            # The first word of a sentence has its capital whatever it is.
            if not starts or len(name.split()) > 1 or name.isupper():
                amid.add(form)
    return tuple(name for form, name in found.items() if form in amid)[:MOST_CANDIDATES]


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
        elif run and word.casefold() in _CONNECTORS and len(waiting) < 2:
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
    """Whether a word begins with a capital, or with a number and has one later, as "12-Day"."""
    return word[:1].isupper() or (word[:1].isdigit() and any(map(str.isupper, word)))


def _without_filler(words: list[str]) -> list[str]:
    """A run without what is capitalised before a name, and without a full stop after it."""
    if words[-1].count(".") == 1:
        words[-1] = words[-1].rstrip(".")
    start = 0
    while start < len(words) and _is_filler(words[start].rstrip(".")):
        start += 1
    return words[start:]


def _is_filler(word: str) -> bool:
    return word.casefold() in _NOT_NAMES or word.isdigit()


def _is_name(name: str, lower: set[str]) -> bool:
    words = name.split()
    if not words or len(words) > MOST_WORDS or not 2 <= len(name) <= LONGEST_NAME:
        return False
    if len(words) > 1:
        return True
    word = words[0].casefold()
    if word in _NOT_NAMES or word in _TITLES or _is_adjective(word) or len(word.strip(".")) < 2:
        return False
    # A word that also stands without its capital is a word, unless it is written in capitals.
    return word not in lower or words[0].isupper()
