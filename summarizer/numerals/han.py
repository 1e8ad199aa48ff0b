"""Numbers in Chinese characters, alone or after digits: "三十二", "1.6亿", "第七"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.numerals.number import Number, Sort

_DIGITS = {**{mark: value for value, mark in enumerate("〇一二三四五六七八九")}, "零": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_RUN = r"第?(?:(?<!\d)\d{1,15}(?:[.,]\d{1,15}){0,4}\s?)?[〇零一二两三四五六七八九十百千万萬亿億]+"
_MEASURED = re.compile(r"[个名人位艘架枚次辆天年月日周岁座所支家项国轮批点]|小时|公里|分之")
_EITHER = re.compile(rf"百分之(?P<share>[〇零一二两三四五六七八九十百点\d.]+)|{_RUN}")


def is_han(text: str) -> bool:
    """Whether a text has characters of the kind."""
    return any("\u3007" <= mark <= "\u9fff" for mark in text)


def han_numbers(text: str) -> Iterator[Number]:
    """The numbers in Chinese characters; a lone one only before a measure word."""
    position = 0
    while match := _EITHER.search(text, position):
        start, position = match.span()
        if digits := match["share"]:
            value = _decimal(digits) if digits[0].isdecimal() else _value(digits)
            yield Number(start, position, value, Sort.SHARE)
            continue
        run = match.group()
        bare, ordinal = run.removeprefix("第"), run.startswith("第")
        if not ordinal and len(run) == 1 and not _MEASURED.match(text, position):
            continue
        yield Number(start, position, _value(bare), Sort.ORDINAL if ordinal else Sort.COUNT)


def _decimal(digits: str) -> float:
    found = re.match(r"\d+(?:\.\d+)?", digits)
    return float(found.group()) if found else 0.0


def _value(run: str) -> float:
    leading = re.match(r"\d+(?:[.,]\d+)*", run)
    if leading:
        rest = run[leading.end() :].strip()
        value = _decimal(leading.group().replace(",", ""))
        for mark in rest:
            value *= {**_TENS, **_MYRIADS}.get(mark, 1)
        return value
    if all(mark in _DIGITS for mark in run):  # a year, digit by digit
        return float("".join(str(_DIGITS[mark]) for mark in run))
    total = group = digit = 0
    for mark in run:
        if mark in _DIGITS:
            digit = _DIGITS[mark]
        elif mark in _TENS:
            group += (digit or 1) * _TENS[mark]
            digit = 0
        elif mark in _MYRIADS:
            total = (
                (total + group + digit or 1) * _MYRIADS[mark]
                if _MYRIADS[mark] > 10_000
                else (total + (group + digit or 1) * _MYRIADS[mark])
            )
            group = digit = 0
    return float(total + group + digit)
