"""Numbers in Chinese characters, alone or after digits: "三十二", "1.6亿", "第七"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.numerals.number import Number, Sort

_DIGITS = {**{mark: value for value, mark in enumerate("〇一二三四五六七八九")}, "零": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_RUN = re.compile(r"第?(?:\d+(?:[.,]\d+)*\s?)?[〇零一二两三四五六七八九十百千万萬亿億]+")
_MEASURED = re.compile(r"[个名人位艘架枚次辆天年月日周岁座所支家项国轮批点]|小时|公里|分之")
_PERCENT = re.compile(r"百分之([〇零一二两三四五六七八九十百点\d.]+)")


def is_han(text: str) -> bool:
    """Whether a text has characters of the kind."""
    return any("\u3007" <= mark <= "\u9fff" for mark in text)


def han_numbers(text: str) -> Iterator[Number]:
    """The numbers in Chinese characters; a lone one only before a measure word."""
    shares = [(match.start(), match.end()) for match in _PERCENT.finditer(text)]
    for match in _PERCENT.finditer(text):
        digits = match[1]
        value = _decimal(digits) if digits[0].isdecimal() else _value(digits)
        yield Number(match.start(), match.end(), value, Sort.SHARE)
    for match in _RUN.finditer(text):
        start, end, run = match.start(), match.end(), match.group()
        if any(first <= start < last for first, last in shares):
            continue
        ordinal = run.startswith("第")
        bare = run.removeprefix("第")
        if len(bare) == 1 and not ordinal and not _MEASURED.match(text, end):
            continue
        yield Number(start, end, _value(bare), Sort.ORDINAL if ordinal else Sort.COUNT)


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
