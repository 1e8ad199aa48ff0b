"""Numbers in Chinese characters, alone or after digits: "三十二", "1.6亿", "第七"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.numerals.number import Bound, Number, Sort

_DIGITS = {**{mark: value for value, mark in enumerate("〇一二三四五六七八九")}, "零": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_FIGURES = r"\d{1,15}(?:[.,]\d{1,15}){0,4}"
_MORE = r"(?:[多余餘](?=[万萬亿億]))?"
_RUN = (
    rf"第?(?:(?<!\d){_FIGURES}\s?{_MORE})?[〇零一二两三四五六七八九十百千万萬亿億]+"
    rf"(?:[多余餘][万萬亿億]+)?(?:(?<=[千万萬亿億]){_FIGURES}[十百千万萬亿億]+)*"
)
_PART = re.compile(rf"{_FIGURES}|\S")
_MEASURED = re.compile(r"[个名人位艘架枚次辆天年月日周岁座所支家项国轮批点]|小时|公里|分之")
_HAN = re.compile("[\u3007-\u9fff]")
_EITHER = re.compile(rf"百分之(?P<share>[〇零一二两三四五六七八九十百点\d.]+)|{_RUN}")


def is_han(text: str) -> bool:
    """Whether a text has characters of the kind."""
    return not text.isascii() and _HAN.search(text) is not None


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
        more = any(mark in "多余餘" for mark in bare)
        yield Number(
            start,
            position,
            _value(bare),
            Sort.ORDINAL if ordinal else Sort.COUNT,
            Bound.AT_LEAST if more else Bound.EXACT,
        )


def _decimal(digits: str) -> float:
    found = re.match(r"\d+(?:\.\d+)?", digits)
    return float(found.group()) if found else 0.0


def _value(run: str) -> float:
    if all(mark in _DIGITS for mark in run):  # a year, digit by digit
        return float("".join(str(_DIGITS[mark]) for mark in run))
    total = group = digit = 0.0
    last = 1.0
    for part in _PART.findall(run):
        if part[0].isdecimal():
            digit = _decimal(part.replace(",", ""))
        elif part in _DIGITS:
            # "一万二" is short for 12,000: 10,002 has a zero in it.
            digit, last = _DIGITS[part], last if _DIGITS[part] else 1.0
        elif part in _TENS:
            group += (digit or 1) * _TENS[part]
            digit, last = 0.0, _TENS[part]
        elif part in _MYRIADS:
            scale = _MYRIADS[part]
            if scale > 10_000:
                total = (total + group + digit or 1) * scale
            else:
                total += (group + digit or 1) * scale
            group, digit, last = 0.0, 0.0, scale
    if digit and last > 10:
        digit *= last / 10
    return float(total + group + digit)
