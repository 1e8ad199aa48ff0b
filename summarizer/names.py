"""Names as they stand in an article: their normal form, where they occur, which there are."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.article import Article

_PUNCTUATION = re.compile(r"[^\w\s]|_")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b")
_ABBREVIATION = re.compile(r"\b(?:\w\.){2,}")
_WORD = re.compile(r"[^\W_](?:[\w’'&.-]*[\w])?\.?(?:’s|'s)?")

# Words that stand before a person's name and are not part of it.
_TITLES = frozenset(
    "president vice premier prime chancellor king queen prince emir sultan minister ministers "
    "secretary undersecretary state foreign defense defence interior deputy acting former general "
    "gen lt lieutenant col colonel maj major brig brigadier capt captain cmdr commander adm "
    "admiral marshal sgt sergeant amb ambassador envoy special representative spokesman "
    "spokeswoman spokesperson director chief chairman chairwoman chair senator sen rep governor "
    "gov ayatollah sheikh imam pope dr prof professor mr mrs ms sir lord lady of the for u.s us uk u.k "
    "eu un u.n rear south north east west saudi new".split()
)
# Those of them that really end a title, so that "Foreign Ministry" keeps its first word.
_TITLE_ENDS = frozenset(
    "president premier chancellor king queen prince emir sultan minister secretary state general "
    "gen colonel col lieutenant lt major maj brigadier captain capt commander cmdr admiral adm "
    "marshal sergeant sgt ambassador amb envoy representative spokesman spokeswoman spokesperson "
    "director chief chairman chairwoman chair senator sen rep governor gov ayatollah sheikh imam "
    "pope dr prof professor mr mrs ms sir lord lady".split()
)
_CONNECTORS = frozenset("of the for de la del da du des al el bin ibn ben van von y e".split())
# Capitalised for where they stand, not for what they name.
_NOT_NAMES = frozenset(
    "a an the this that these those in on at by for from to of with and or but nor so yet if as "
    "when while after before since until during among amid despite although though however "
    "moreover meanwhile additionally according it its he his she her they their we our you your i "
    "my me us who what where why how which there here then now not no yes some many most several "
    "both all each every any other another such one two three four five six seven eight nine ten "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december today yesterday tomorrow simultaneously "
    "jan feb mar apr jun jul aug sep sept oct nov dec "
    "also still just only even once again earlier later last next".split()
)
_ADJECTIVAL = re.compile(r"(?:ian|ean|ese|ish|ench|utch)$")
_ADJECTIVES = frozenset(
    "american israeli iraqi pakistani saudi yemeni kuwaiti emirati omani qatari somali bahraini "
    "bangladeshi azerbaijani kazakh uzbek tajik kyrgyz turkmen afghan german greek czech thai "
    "libyan kenyan cuban mexican african moroccan tibetan "
    "western eastern northern southern islamic muslim christian jewish arab kurdish".split()
)
_OPENERS = "\"'“”‘«([ •*-—"
MOST_CANDIDATES = 96
"""As many names as a closed list may hold."""


@lru_cache(maxsize=16384)
def normal_form(name: str) -> str:
    """`name` as it is compared: NFKC, case folded, without article, possessive, punctuation.

    Abbreviations lose their dots, so that "U.S." and "US" are one name. Idempotent.
    """
    text = unicodedata.normalize("NFKC", name).replace("’", "'")
    text = _ABBREVIATION.sub(lambda m: m.group().replace(".", ""), text)
    text = _PUNCTUATION.sub(" ", _POSSESSIVE.sub("", text)).casefold()
    words = unicodedata.normalize("NFKC", text).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)


def without_title(name: str) -> str:
    """`name` without what stands before a person's name: "President Ana Ruiz" is "Ana Ruiz".

    A name that would be left empty, or that is no person's, comes back as it is.
    """
    words = name.split()
    end = 0
    for i, word in enumerate(words[:-1]):
        bare = word.strip(".,").casefold()
        if bare in _TITLE_ENDS:
            end = i + 1
        elif not (bare in _TITLES or _is_adjective(bare)):
            break
    return " ".join(words[end:])


def _is_adjective(word: str) -> bool:
    return word in _ADJECTIVES or (len(word) > 5 and bool(_ADJECTIVAL.search(word)))


def adjective_of(name: str, text: str) -> bool:
    """Whether `text` has an adjective made of a one-word `name`: "Russian" of Russia."""
    if " " in name or len(name) < 4:
        return False
    stem = re.escape(name[:-1] if name[-1] in "aeoy" else name)
    return bool(re.search(rf"\b{stem}(?:n|an|ian|ese|ish|i)s?\b", text))


class NameIndex:
    """Where names stand in an article.

    Whole words, in any case. Scripts without case (Arabic, Chinese…) are searched for the plain
    string, since words there carry their particles or run together; Cyrillic words may differ in
    their last two letters, which is where they are inflected.
    """

    def __init__(self, article: Article) -> None:
        self._sentences = [f" {normal_form(text)} " for _, text in article.numbered()]
        self._whole = " ".join(self._sentences)
        self._found: dict[str, tuple[int, ...]] = {}

    def sentences(self, name: str) -> tuple[int, ...]:
        """The numbers of the sentences that hold `name`, in order."""
        key = normal_form(name)
        if key not in self._found:
            self._found[key] = self._search(key)
        return self._found[key]

    def holds(self, name: str) -> bool:
        """Whether `name` stands anywhere in the article."""
        return bool(self.sentences(name))

    def _search(self, key: str) -> tuple[int, ...]:
        if not key:
            return ()
        pattern = _pattern(key)
        if pattern is None:
            return tuple(n for n, text in enumerate(self._sentences, 1) if key in text)
        return tuple(n for n, text in enumerate(self._sentences, 1) if pattern.search(text))


def _pattern(key: str) -> re.Pattern[str] | None:
    if key.upper() == key.lower():
        return None
    words = [
        re.escape(word[: max(3, len(word) - 2)]) + r"\w{0,3}"
        if len(word) > 3 and "\u0400" <= word[0] <= "\u04ff"
        else re.escape(word)
        for word in key.split()
    ]
    return re.compile(r"(?<=\s)" + r"\s+".join(words) + r"(?=\s)")


def candidates(article: Article) -> tuple[str, ...]:
    """The names that stand in an article, by their capitals, in order of first mention.

    A closed list for models that would otherwise invent some; at most `MOST_CANDIDATES`. Empty
    for articles in a script without capitals.
    """
    sentences = [text for _, text in article.numbered()]
    lower = {word for text in sentences for word in re.findall(r"\b[^\W\d_]\w*", text) if word[0].islower()}
    found: dict[str, str] = {}
    amid: set[str] = set()
    for text in sentences:
        for words, starts in _runs(text):
            name = without_title(" ".join(words))
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
        word, gap = match.group(), text[previous : match.start()]
        previous = match.end()
        joined = gap in {"", " "}
        if run and not joined:
            runs.append(run)
            run, waiting = [], []
        possessive = word.endswith(("’s", "'s"))
        bare = word[:-2] if possessive else word.rstrip(".") if word.count(".") == 1 else word
        if bare[:1].isupper() or _is_compound(bare) or (run and bare[:1].isdigit() and len(bare) < 6):
            run = [*run, *waiting, bare]
            waiting = []
            if possessive or (word.endswith(".") and word.count(".") == 1 and len(bare) > 4):
                runs.append(run)
                run = []
        elif run and bare.casefold() in _CONNECTORS and len(waiting) < 2:
            waiting.append(bare)
        elif run:
            runs.append(run)
            run, waiting = [], []
    if run:
        runs.append(run)
    opening = text.lstrip(_OPENERS)
    return [
        (_without_filler(words), position == 0 and opening.startswith(words[0]))
        for position, words in enumerate(runs)
    ]


def _is_compound(word: str) -> bool:
    """Whether a word begins with a number and goes on with a capital, as "12-Day" does."""
    return word[:1].isdigit() and any(letter.isupper() for letter in word)


def _without_filler(words: list[str]) -> list[str]:
    while words and (words[0].casefold() in _NOT_NAMES or words[0].isdigit()):
        words = words[1:]
    return words


def _is_name(name: str, lower: set[str]) -> bool:
    words = name.split()
    if not words or len(words) > 9 or len(name) < 2 or len(name) > 90:
        return False
    if len(words) > 1:
        return True
    word = words[0].casefold()
    if word in _NOT_NAMES or word in _TITLES or _is_adjective(word) or len(word.strip(".")) < 2:
        return False
    # A word that also stands without its capital is a word, unless it is written in capitals.
    return word not in lower or words[0].isupper()
