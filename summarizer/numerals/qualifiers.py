"""How the words around a number qualify it, in the languages of the number words."""

from __future__ import annotations

import re

from summarizer.numerals.number import Bound
from summarizer.numerals.units import TIME

_REACH = 40
"""Code points before a number, and after it, in which its qualifier stands."""

_AT_LEAST = (
    r"at (?:the )?least|no (?:fewer|less) than|not (?:fewer|less) than|(?:a )?minimum(?: of)?"
    r"|(?:more|greater|higher|larger) than|over|above|upwards? of|exceed(?:s|ed|ing)?"
    r"|(?:in )?excess of|surpass(?:es|ed|ing)?|topp(?:ed|ing)"
    r"|au moins|plus (?:de|d['’])|au minimum|(?:al|por lo) menos|más de|como mínimo"
    r"|не мен(?:ее|ьше)(?: чем)?|как минимум|по меньшей мере|бол(?:ее|ьше)(?: чем)?|свыше"
    r"|щонайменше|не менше(?: ніж)?|понад|більше(?: ніж| як)?|en az(?:ından)?|asgari"
    r"|على الأقل|ما لا يقل عن|لا يقل عن|أكثر من|ما يزيد (?:عن|على)"
    r"|دست\W?کم|حداقل|بیش از"
)
_AT_MOST = (
    r"at (?:the )?most|up to|as (?:many|much|high) as|(?:no|not) (?:more|greater|higher) than"
    r"|(?:a )?maximum(?: of)?|(?:fewer|less|lower|smaller) than|under|below|not exceeding"
    r"|jusqu['’]à|au (?:plus|maximum)|moins (?:de|d['’])|pas plus de|hasta|como máximo|menos de"
    r"|a lo sumo|не бол(?:ее|ьше)(?: чем)?|максимум|до|мен(?:ее|ьше)(?: чем)?|не більше(?: ніж)?"
    r"|менше(?: ніж)?|щонайбільше|en fazla|en çok|azami|ما يصل إلى|يصل إلى|أقل من|لا يتجاوز"
    r"|لا يزيد (?:عن|على)|على الأكثر|حداکثر|کمتر از"
)
_ABOUT = (
    r"about|around|some|roughly|approximately|approx\.?|circa|(?:an )?estimated|nearly|almost"
    r"|close to|more or less|~|≈|environ|près de|quelques?|presque|autour de|une?|unos|unas"
    r"|alrededor de|aproximadamente|cerca de|casi|около|примерно|порядка|почти|приблизительно"
    r"|близько|приблизно|майже|yaklaşık|takriben|neredeyse|نحو|حوالي|قرابة|زهاء|ما يقارب"
    r"|حدود|نزدیک به|تقریبا"
)
_LINK = r"(?:[\s\u00a0“\"'(]|\b(?:the|a|an|another|total|of)\b|us\$|[$€£¥₽₴₺₹])*\Z"
# Leftmost wins: "no more than" begins before "more than".
_BEFORE = re.compile(
    rf"(?:(?<!\w)(?:(?P<most>{_AT_MOST})|(?P<least>{_AT_LEAST})|(?P<about>{_ABOUT})){_LINK})"
    r"|(?P<most_han>(?:多达|至多|最多|不超过|不足|高达)\Z)"
    r"|(?P<least_han>(?:至少|超过|逾|不少于|最少|多于)\Z)|(?P<about_han>(?:约|大约|近|大概)\Z)",
    re.IGNORECASE,
)
_GROUPS = {"most": Bound.AT_MOST, "least": Bound.AT_LEAST, "about": Bound.ABOUT}
_LAST_WORDS = (
    "least than minimum of over above exceed exceeds exceeded exceeding surpass surpasses"
    " surpassed surpassing topped topping moins de menos az azindan asgari most to as maximum"
    " under below plus hasta sumo fazla azami about around some roughly approximately approx"
    " circa estimated nearly almost less environ quelque quelques presque un une unos unas"
    " aproximadamente casi takriben neredeyse the a an another total"
)
_LAST = frozenset(_LAST_WORDS.split())
"""The last words, of those in plain letters, that a qualifier may have or may be linked by."""
_NOUNS = r"(?:[\s-]+[^\W\d_]+){0,2}?"
_AFTER = (
    (
        Bound.AT_LEAST,
        re.compile(
            rf"{_NOUNS}[\s,]+(?:or more|and (?:counting|above)|at least|plus\b|ou plus|o más"
            rf"|и более|على الأقل)|\s?\+|['’]?\s?(?:den|dan|ten|tan) fazla|['’]?\s?(?:i|ı|ü|u)?"
            rf"\s?aşkın|[多余]|[人名艘架枚]?以上",
            re.IGNORECASE,
        ),
    ),
    (
        Bound.AT_MOST,
        re.compile(
            rf"{_NOUNS}[\s,]+(?:or (?:fewer|less)|at (?:the )?most|ou moins|o menos|على الأكثر)"
            rf"|['’]?(?:e|a|ye|ya) kadar|[人名艘架枚]?以[下内]",
            re.IGNORECASE,
        ),
    ),
    (
        Bound.ABOUT,
        re.compile(
            rf"-odd|\s+or so\b|{_NOUNS}\s+or so\b|\s+(?:kadar|civarında)|[人名艘架枚]?左右"
            r"|\s?تقريبا",
            re.IGNORECASE,
        ),
    ),
)
_OVER = re.compile(
    r"\b((?:hand|turn|tak|took|pass|sign|fl[ey]|flew|pull|cross|sail|bring|brought|s[ei]nt)\w*\s)?"
    r"over\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)


def bound_of(qualifier: str) -> Bound:
    """What a qualifier says that stands by itself, such as "at least"; `EXACT` if nothing."""
    return _bound_before(qualifier) or _bound_after(f"0 {qualifier}", 1) or Bound.EXACT


def bound_beside(text: str, start: int, end: int, unit: str | None) -> Bound:
    """How the words beside the number qualify it that stands from `start` to `end`."""
    before = text[max(0, start - _REACH) : start]
    over = _OVER.search(before) if "over" in before.lower() else None
    if over is not None and (over[1] or unit in TIME):  # "handed over 12"; "over two days" is when
        return _bound_after(text, end) or Bound.EXACT
    return _bound_before(before) or _bound_after(text, end) or Bound.EXACT


def _bound_before(text: str) -> Bound | None:
    last = text[text.rstrip().rfind(" ") + 1 :].rstrip().lower()
    if last.isascii() and last.isalpha() and last not in _LAST:  # mostly
        return None
    match = _BEFORE.search(text)
    return _GROUPS[(match.lastgroup or "").removesuffix("_han")] if match else None


def _bound_after(text: str, end: int) -> Bound | None:
    rest = text[end : end + _REACH]
    for bound, pattern in _AFTER:
        if pattern.match(rest):
            return bound
    return None
