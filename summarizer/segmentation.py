"""From text to sentences with exact offsets, and a guess at the language.

`sentencex` finds the ends of sentences; around it stand the rules that news needs: which line
breaks count (`summarizer.lines`), quotations that hold several sentences, abbreviations and
initials it doesn't know, and a cut in sentences too long to be read as a receipt.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from summarizer.lines import units

Span = tuple[int, int]

LONG = 600
"""Code points above which a sentence is cut after a semicolon, so that a receipt is readable."""
VERY_LONG = 1200
"""Code points above which it is cut after a comma, or else at a space."""

_WINDOW, _LOOK_AHEAD = 2000, 100

# Left out of what sentencex sees: it keeps a quotation or a bracket in one piece, however many
# sentences stand in it.
_MARKS = '"“”„‟«»‹›「」『』〝〞（）()'
# One class first, which is what is searched for; apostrophes within words are let through.
_MASKED = re.compile(rf"[{_MARKS}'‘’](?:(?<=[{_MARKS}])|(?<=['‘])(?<!\w.)|(?<=[’'])(?!\w))")
# German closes with the marks that English and Danish open with: an opening one touches a word.
_OPENER_OR_SPACE = re.compile(r"\s|[“„«»‹›「『〝（(‘](?=[^\W_]|[“„«‹「『〝（(‘])")
_SPACING = re.compile(r"[^\S ]")

# Abbreviations that stand before a name or a number and that sentencex splits after.
_ABBREVIATIONS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "approx maj brig capt cmdr cdr lt col gen adm sgt cpl pvt sen rep gov "
        "dep asst dir supt insp amb hon rev msgr mr mrs ms dr prof st mt ft vs al op "
        "para pp ch sec figs jan feb mar apr jun jul aug sept sep oct nov dec",
        "fr": "m mm mme mmes mlle mgr me dr pr gén col cap lt st ste av art no p",
        "es": "sr sra sres srta dr dra gral cnel tte cap cmdte prof lic ing art núm pág av d dña",
        "pt": "sr sra srs dr dra gen cel ten cap prof av art núm pág exmo",
        "it": "sig sigg dott prof on gen col cap magg art n pag avv ing",
        "de": "hr fr dr prof gen ca bzw nr str st abs art ggf inkl sog",
        "tr": "dr prof doç av alb gen kur org sn bkz no",
        "ru": "т.е т.д т.п т.н т.ч др пр им ул пос обл млн млрд тыс руб стр см ср г-н г-жа ген "
        "полк акад проф гг",
        "uk": "т.зв т.д т.п др ім вул обл млн млрд тис грн стор див ген полк проф рр",
        "ar": "أ.د د.أ",
    }.items()
}
_LONGEST_ABBREVIATION = max(len(word) for words in _ABBREVIATIONS.values() for word in words)
_ORDINAL_LANGUAGES = frozenset({"cs", "da", "de", "fi", "hr", "hu", "nb", "no", "sk", "tr"})
_REPORTING = re.compile(
    r"(?:[A-Z][\w.'’-]*\s+){1,4}"
    r"(?:said|says|asked|asks|added|told|wrote|replied|answered|shouted|declared)\b(\.?)"
)
# The day or the zone goes on after "3:40 a.m.".
_HOUR = re.compile(r"\d\s?[ap]\.?m$", re.IGNORECASE)
_AFTER_HOUR = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z]{2,4}\b|Eastern|GMT")
# sentencex reads these as "number" and "article" before a word, too.
_ENGLISH_ANSWER = re.compile(r"\b(?:No|Art)\.(?=\s+[A-Z][a-z]*['’\s])")
_LAST_WORD = re.compile(r"([^\s\"'’“„«»‹›「『(\[]+)$")
_SEMICOLON = re.compile(r"[;；؛](?=\s|[^\x00-\x7f])|\s(?=•)|[。！？؟]")
_COMMA = re.compile(r"[,，،、](?=\s|[^\x00-\x7f])|\s(?=[–—])")
_SPACE = re.compile(r"\s")
_WORD_CHARACTER = re.compile(r"[^\W_]")
_CLOSING = "\"”’'»›」』〞)） \u00a0\u202f"
_SPACED_CLOSER = re.compile(r"\s{1,2}[»›](?!\w)")


def split(
    text: str, language: str | None = None, within: Sequence[Span] | None = None
) -> list[Span]:
    """The sentences of `text` as half-open `(start, end)` offsets in code points.

    In order, without overlap and without surrounding white space; every character that isn't
    white space is in one of them. `language` is an ISO 639-1 code; without it, it is guessed.
    No sentence crosses from one of the pieces `within` into another; those are the lines and
    paragraphs of `summarizer.lines.units`, unless given.
    """
    if language is None:
        language = guess_language(text) or "en"
    spans: list[Span] = []
    for start, end in units(text) if within is None else within:
        for sentence_start, sentence_end in _sentences(text[start:end], language):
            span = start + sentence_start, start + sentence_end
            if sentence_end - sentence_start > LONG:
                spans.extend(_shortened(text, *span))
            else:
                spans.append(span)
    return spans


def _sentences(unit: str, language: str) -> Iterator[Span]:
    """Sentences of one unit, which has no white space around it."""
    shown, masked = _masked(unit)
    last_word = _last_word(unit)
    start, first_word = 0, _next_word(unit, 0)
    for boundary in _boundaries(shown, language):
        low, high = _unmasked(boundary - 1, masked), _unmasked(boundary, masked)
        end = _cut(unit, low + 1, high)
        # A sentence has a word in it: marks alone belong to the sentence beside them.
        if first_word >= end or last_word < end or _continues(unit, start, end, language):
            continue
        yield _stripped(unit, start, end)
        start, first_word = end, _next_word(unit, end)
    yield _stripped(unit, start, len(unit))


def _next_word(unit: str, start: int) -> int:
    found = _WORD_CHARACTER.search(unit, start)
    return found.start() if found else len(unit)


def _last_word(unit: str) -> int:
    return next((at for at in range(len(unit) - 1, -1, -1) if unit[at].isalnum()), -1)


def _masked(unit: str) -> tuple[str, list[int]]:
    """`unit` as sentencex is to see it, and where in that each character is missing."""
    pieces = _MASKED.split(unit)
    shown = "".join(pieces)
    if not shown.isprintable():  # as white space other than blanks is not
        shown = _SPACING.sub(" ", shown)
    return shown, [*accumulate(map(len, pieces[:-1]))]


def _unmasked(at: int, missing: list[int]) -> int:
    """Where the character at `at` in what sentencex sees stands in the unit."""
    return at + bisect_right(missing, at)


def _boundaries(shown: str, language: str) -> Iterator[int]:
    """Offsets in `shown`, other than its end, at which a sentence ends after its last mark."""
    from sentencex import (
        get_sentence_boundaries,  # pyright: ignore[reportAttributeAccessIssue]  # compiled
    )

    # In windows, because sentencex takes quadratic time over text without spaces. What it says
    # near the end of a window, where it can't see what follows, is left to the next one.
    answers = language == "en" and ("No." in shown or "Art." in shown)
    start = 0
    while start < len(shown):
        whole = start + _WINDOW >= len(shown)
        trusted = len(shown) if whole else start + _WINDOW - _LOOK_AHEAD
        next_start = trusted
        for boundary in get_sentence_boundaries(language, shown[start : start + _WINDOW]):
            sentence_start = start + boundary["start_index"]
            sentence_end = sentence_start + len(boundary["text"].rstrip())
            if answers:
                limit = min(sentence_end, trusted)
                for answer in _ENGLISH_ANSWER.finditer(shown, sentence_start, limit):
                    yield answer.end()
            if sentence_start < sentence_end < trusted:
                yield sentence_end
                next_start = sentence_end
        start = len(shown) if whole else next_start


def _cut(unit: str, low: int, high: int) -> int:
    """Where a sentence ends whose last mark stands before `low`; from there to `high` stand marks
    that were masked. What closes a quotation stays with its sentence, what opens one goes on."""
    opener = _OPENER_OR_SPACE.search(unit, low, high + 1)
    at = min(opener.start(), high) if opener else high
    # French sets a space before the closing mark.
    spaced = _SPACED_CLOSER.match(unit, at)
    return spaced.end() if spaced else at


def _continues(unit: str, start: int, end: int, language: str) -> bool:
    """Whether the sentence that begins at `start` goes on after `end`."""
    # Windows, not all there is: slices of the whole would make long texts quadratic.
    before = unit[max(start, end - 60) : end].rstrip()
    after = unit[end : end + 160].lstrip()
    opened = after.lstrip("\"“„«‹「『(（'‘¿¡ ")
    if not opened:
        return False
    bare = before.rstrip(_CLOSING)
    closed, mark = bare != before, bare[-1:]
    if opened[0].islower() and before != before.lower():
        # "al-Qaeda" and "iPhone" may begin a sentence; so may anything in text without capitals.
        first = opened.split(maxsplit=1)[0]
        if first == first.lower():
            return True
    reporting = _REPORTING.match(after) if closed else None
    if reporting and (mark in "?!" or reporting[1]):
        return True
    if closed and language == "ja" and after[0] == "と":
        return True
    if mark != "." or closed:
        return False
    if bare.endswith(("m.", "M.")) and _HOUR.search(bare[:-1]) and _AFTER_HOUR.match(after):
        return True
    return _abbreviated(bare[:-1], opened, language)


def _abbreviated(before: str, after: str, language: str) -> bool:
    """Whether the full stop that followed `before` marks an abbreviation, an initial, a number."""
    # A word that reaches further back is no abbreviation.
    found = _LAST_WORD.search(before, max(0, len(before) - _LONGEST_ABBREVIATION - 1))
    if not found:
        return False
    word = found[1]
    if len(word) == 1 and word.isalpha() and word != "I":
        return not _is_unspaced(word)
    if word.isdigit() and (len(word) == len(before) or language in _ORDINAL_LANGUAGES):
        return len(word) <= 2
    if word.lower() in _ABBREVIATIONS.get(language, ()):
        # English writes its titles and months with a capital, and "The rep. Then" ends a sentence.
        return language != "en" or word[0].isupper() or after[0].isdigit()
    return False


def _is_unspaced(character: str) -> bool:
    return "\u2e80" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7af"


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return (start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def _shortened(text: str, start: int, end: int) -> Iterator[Span]:
    """A long sentence in pieces short enough to be read as a receipt, as far as it can be cut."""
    very_long = end - start > VERY_LONG
    while end - start > LONG:
        cut = _last_end(_SEMICOLON, text, start, start + LONG)
        if cut is None and very_long:
            cut = _last_end(_COMMA, text, start, start + LONG)
            cut = cut or _last_end(_SPACE, text, start, start + LONG)
        if cut is None:
            break
        yield _stripped(text, start, cut)
        start = _stripped(text, cut, end)[0]
    yield (start, end)


def _last_end(mark: re.Pattern[str], text: str, start: int, limit: int) -> int | None:
    # Not at the very beginning: a piece of a word or two would be no receipt.
    ends = [found.end() for found in mark.finditer(text, start + 100, limit)]
    return ends[-1] if ends else None


_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("ja", "\u3040-\u30ff"),
    ("ko", "\uac00-\ud7af\u1100-\u11ff"),
    ("zh", "\u4e00-\u9fff\u3400-\u4dbf"),
    ("ar", "\u0600-\u06ff\u0750-\u077f"),
    ("ru", "\u0400-\u04ff"),
    ("he", "\u0590-\u05ff"),
    ("el", "\u0370-\u03ff"),
    ("hi", "\u0900-\u097f"),
    ("th", "\u0e00-\u0e7f"),
    ("hy", "\u0530-\u058f"),
    ("ka", "\u10a0-\u10ff"),
    ("en", "A-Za-z\u00c0-\u024f"),
)
_COUNTERS = tuple((name, re.compile(f"[{letters}]+")) for name, letters in _SCRIPTS)
_ASCII = re.compile(r"[\x00-\x7f]+")
_NO_ASCII_LETTERS = bytes(code for code in range(256) if code > 127 or not chr(code).isalpha())
_BLANKED = bytes(code if code > 127 or chr(code).isalpha() else ord(" ") for code in range(256))

# Letters that one language of the script writes and its neighbours don't, most telling first.
_ARABIC_LETTERS = (("ur", "ٹڈڑںےہھ"), ("ps", "ښړټډځڅ"), ("fa", "پچژگکی"))
_CYRILLIC_LETTERS = (("uk", "іїєґ"), ("be", "ў"), ("sr", "јљњђћџ"), ("kk", "әғқңұһ"))

_FUNCTION_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to in that is was for on with as by at from has have said not are",
        "es": "el la los las de del y que en un una se por con para no su al es fue más como",
        "fr": "le la les des de du et que en un une est dans pour par sur au aux qui ne pas ce",
        "de": "der die das und in den von zu mit ist des im auf für nicht ein eine dem sich auch",
        "pt": "o a os as de do da dos das e que em um uma no na por com para não se ao foi mais",
        "it": "il lo la i gli le di del della e che in un una per con non si è da al nel sono",
        "tr": "ve bir bu da de için ile olarak olan daha çok gibi sonra kadar ancak ise her ne",
        "nl": "de het een en van in is dat op te zijn met voor niet aan er om door ook naar bij",
        "pl": "i w na z do się że nie jest o to od za po przez jak dla oraz są był który",
    }.items()
}
_SAMPLE = 20_000
_FEWEST_WORDS = 8


def guess_language(text: str) -> str | None:
    """The language of `text` as an ISO 639-1 code, or None when there is too little to tell.

    By script and telling letters; for Latin script by function words. Looks at the first 20,000
    code points.
    """
    sample = text[:_SAMPLE]
    others = _ASCII.sub("", sample)  # of most texts little is left
    counts = {name: _length(letters.findall(others)) for name, letters in _COUNTERS}
    counts["en"] += len(sample.encode("ascii", "ignore").translate(None, _NO_ASCII_LETTERS))
    total = sum(counts.values())
    if not total:
        return None
    # Japanese is mostly written in Han characters, with kana among them.
    if counts["ja"] * 10 > counts["ja"] + counts["zh"]:
        counts["ja"] += counts["zh"]
    script = max(counts, key=lambda name: counts[name])
    if counts[script] * 2 < total:
        return None
    if script == "en":
        return _by_function_words(sample)
    if script == "ar":
        return _by_letters(sample, _ARABIC_LETTERS, counts[script]) or "ar"
    if script == "ru":
        return _by_letters(sample, _CYRILLIC_LETTERS, counts[script]) or "ru"
    return script


def _length(runs: list[str]) -> int:
    return sum(map(len, runs))


def _by_letters(sample: str, telling: tuple[tuple[str, str], ...], letters: int) -> str | None:
    counts = Counter(sample.lower())
    for language, own in telling:
        # A foreign name or two is no sign: one letter in a hundred is.
        if sum(counts[letter] for letter in own) * 100 > letters:
            return language
    return None


def _words(text: str) -> list[str]:
    """The runs of letters in `text`. What a regex does for this takes four times as long."""
    for other in set(_ASCII.sub("", text)):
        if other.isdecimal() or not other.isalnum():
            text = text.replace(other, " ")
    return text.encode().translate(_BLANKED).decode().split()


def _by_function_words(sample: str) -> str | None:
    words = _words(sample.lower())
    if len(words) < _FEWEST_WORDS:
        return None
    counts = Counter(words)
    scores = {
        language: sum(counts[word] for word in own if word in counts)
        for language, own in _FUNCTION_WORDS.items()
    }
    first, second = sorted(scores, key=lambda language: -scores[language])[:2]
    clear = scores[first] * 100 >= len(words) * 12 and scores[first] * 4 >= scores[second] * 5
    return first if clear else None
