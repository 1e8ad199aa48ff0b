"""Numbers: each stands in the cited sentences, with the same value, qualifier and unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from summarizer.checks.calendar import dated_spans, in_english
from summarizer.checks.check import Check, Problem
from summarizer.checks.quantities import PERSONS, cued, measures, suffered, things
from summarizer.checks.statements import Statement, Told
from summarizer.checks.tongues import language_of
from summarizer.numerals import MONEY, TIME, Bound, Number, Sort, bound_of, read, unit_of
from summarizer.results import IssueKind
from summarizer.schemas import DatePhrase, Quantity
from summarizer.schemas.vocabularies import QuantityMeasure
from summarizer.wire import Kind

_CLOSE = 1e-6
_SHARES = 1.0
"""Points of a hundred by which a share may be rounded: "a third" is 33 %."""
_NONE = re.compile(r"\b(?:no|none|nobody|nothing|not|without|never|zero|neither|nil)\b", re.I)
_TWO = re.compile(r"\b(?:both|couple|pair|twin|twice|double[ds]?|another|again|bi\w+)\b", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_THE_TWO = re.compile(r"\b(?:the|these|those|their|its) two\Z", re.I)
_UNITS = frozenset({QuantityMeasure.MONEY, QuantityMeasure.DURATION})
_MOST_TOLD = 4


@dataclass(frozen=True)
class Standing:
    """A number of a cited sentence."""

    number: Number
    text: str
    language: str | None

    @cached_property
    def measures(self) -> frozenset[QuantityMeasure]:
        """What it counts, as far as that is told."""
        return measures(self.text, self.number, self.language)

    @property
    def suffered(self) -> frozenset[QuantityMeasure]:
        """What happened to the persons that it counts."""
        return suffered(self.text, self.number, self.language)

    @property
    def things(self) -> frozenset[str]:
        """What the noun after it names."""
        return things(self.text, self.number, self.language)

    @property
    def written(self) -> str:
        """The number as it stands."""
        return self.text[self.number.start : self.number.end]


def find_numbers(statement: Statement) -> Iterator[Problem]:
    """The numbers of a statement that its sentences don't hold, or hold as something else."""
    quantities = [*statement.objects(Quantity)]
    values = [told for told in statement.told if _may_count(told, statement)]
    if not quantities and not values:  # most statements: their sentences' numbers don't matter
        return
    standing = _standing(statement)
    for path, quantity in quantities:
        problem = _of_quantity(quantity, standing, statement)
        if problem is not None:
            yield Problem(problem, path)
    for told in values:
        if told.node.kind is Kind.TEXT:
            problem = _of_text(str(told.value), standing, statement)
            if problem is not None:
                yield Problem(problem, told.path)
        elif not any(_is_worth(told.value, each.number) for each in standing) and not _is_implied(
            told.value, statement
        ):
            yield Problem(_missing(f"{told.value:g}", statement, standing), told.path)


NUMBERS = Check(
    "numbers",
    find_numbers,
    IssueKind.NUMBER_UNSUPPORTED,
    blind="A number that is right but said of something else of the same kind; sums and counts "
    "that the article leaves to its reader.",
)


def _standing(statement: Statement) -> list[Standing]:
    language = statement.passage.language
    return [
        Standing(number, text, language)
        for text in map(statement.passage.text, statement.sentences_within)
        for number in read(text, language)
    ]


def _may_count(told: Told, statement: Statement) -> bool:
    """Whether a value, outside of quantities, is a number, or a text that has one of its own."""
    if isinstance(told.owner, Quantity):
        return False
    if told.node.kind is not Kind.TEXT:
        return _is_number(told)
    if isinstance(told.owner, DatePhrase):
        return False
    text = str(told.value)
    return " ".join(text.split()) not in statement.quote and bool(_read_plain(text, statement)[1])


def _read_plain(text: str, statement: Statement) -> tuple[str, tuple[Number, ...], str | None]:
    """A text with its dates in English words, its numbers there, and its language."""
    language = language_of(text, statement.passage.language)
    plain = in_english(text, language)
    return plain, read(plain, language), language


def _is_number(told: Told) -> bool:
    """Whether a value is a number that is read, and not a mark that somebody gives."""
    if told.node.kind is not Kind.PLAIN or isinstance(told.value, bool):
        return False
    if type(told.value) not in (int, float):
        return False
    field = type(told.owner).model_fields[told.name]
    return not any(hasattr(marker, "le") or hasattr(marker, "lt") for marker in field.metadata)


def _of_quantity(quantity: Quantity, standing: list[Standing], statement: Statement) -> str | None:
    """What is wrong with a quantity, if something is."""
    for value in dict.fromkeys((quantity.min, quantity.max)):
        if value is None:
            continue
        worth = [each for each in standing if _is_worth(value, each.number)]
        counted = [each for each in worth if each.number.sort is not Sort.ORDINAL]
        alike = counted or worth
        if not alike:
            if _is_implied(value, statement):
                continue
            return _missing(f"{value:,.10g}", statement, standing)
        problem = (
            _measured(quantity, alike) or _in_unit(quantity, alike) or _qualified(quantity, alike)
        )
        if problem is not None:
            return problem
    return None


def _measured(quantity: Quantity, alike: list[Standing]) -> str | None:
    """That a number counts those to whom something else happened; which nouns it may go with is
    more than words beside it tell."""
    measure = quantity.measure
    counted = [each.measures for each in alike]
    plain = _UNITS if measure not in PERSONS else _UNITS | PERSONS
    if measure is QuantityMeasure.OTHER or any(measure in each for each in counted):
        return None
    if not all(each & plain for each in counted):
        return None
    other = next(iter(sorted(measure.value for measure in counted[0] & plain)))
    return f"“{alike[0].written}” counts {other} in the cited sentence, not {measure.value}."


def _in_unit(quantity: Quantity, alike: list[Standing]) -> str | None:
    unit = unit_of(quantity.unit) if quantity.unit else None
    if unit is None or any(each.number.unit in (None, unit) for each in alike):
        return None
    return f"“{alike[0].written}” has the unit {alike[0].number.unit} there, not {unit}."


def _qualified(quantity: Quantity, alike: list[Standing]) -> str | None:
    said = _bound(quantity)
    bounds = {each.number.bound for each in alike}
    if any(_goes(said, bound, bool(quantity.qualifier)) for bound in bounds):
        return None
    if any(each.number.sort is Sort.VAGUE for each in alike):
        return None
    there = next(iter(bounds)).value
    told = quantity.qualifier or said.value
    return f"“{alike[0].written}” is qualified there as {there}, not as {told}."


def _bound(quantity: Quantity) -> Bound:
    if quantity.qualifier and (said := bound_of(quantity.qualifier)) is not Bound.EXACT:
        return said
    if quantity.min is None:
        return Bound.AT_MOST
    if quantity.max is None:
        return Bound.AT_LEAST
    return Bound.EXACT if quantity.min == quantity.max else Bound.BETWEEN


def _goes(said: Bound, there: Bound, in_words: bool) -> bool:
    """Whether a qualifier goes with that of the sentence."""
    if said is there or Bound.BETWEEN in (said, there):
        return True
    if in_words:
        return False
    return there in (Bound.EXACT, Bound.ABOUT) and said in (Bound.EXACT, Bound.AT_LEAST)


def _of_text(text: str, standing: list[Standing], statement: Statement) -> str | None:
    """What is wrong with the numbers of a text, if something is."""
    plain, numbers, language = _read_plain(text, statement)
    dates = dated_spans(plain)
    for number in numbers:
        if any(start <= number.start < end for start, end in dates):
            continue
        written = plain[number.start : number.end]
        if number.sort is Sort.CODE:
            if not _stands_as_it_is(plain, number, statement):
                return _missing(written, statement, standing)
            continue
        alike = [each for each in standing if _is_like(number, each.number)]
        if not alike:
            if (
                _is_implied(number.value, statement)
                or _is_named(plain, number, statement)
                or _THE_TWO.search(plain[: number.end])
            ):
                continue
            return _missing(written, statement, standing)
        problem = _unlike(plain, number, alike, language)
        if problem is not None:
            return problem
    return None


def _unlike(text: str, number: Number, alike: list[Standing], language: str | None) -> str | None:
    """What the sentences say of a number in other words than a text does."""
    written = text[number.start : number.end]
    units = {each.number.unit for each in alike}
    if number.unit is not None and not units & {None, number.unit}:
        return f"“{written}” has the unit {alike[0].number.unit} there, not {number.unit}."
    if number.unit in (MONEY | TIME) and units == {None} and number.sort is Sort.COUNT:
        return None
    bounds = {each.number.bound for each in alike}
    opposite = {Bound.AT_LEAST: Bound.AT_MOST, Bound.AT_MOST: Bound.AT_LEAST}
    said = number.bound
    if said in opposite and not bounds & {said, Bound.BETWEEN}:
        return f"“{written}” is qualified there as {alike[0].number.bound.value}, not {said.value}."
    if said is Bound.EXACT and bounds == {Bound.AT_MOST}:
        return f"“{written}” is only the highest number there."
    own = suffered(text, number, language)
    others = [each.suffered for each in alike] if own else []
    if own and all(other and not own & other for other in others):
        first, second = sorted(own)[0].value, sorted(others[0])[0].value
        return f"“{written}” counts {second} in the cited sentence, not {first}."
    return _of_what(text, number, alike, language)


def _of_what(text: str, number: Number, alike: list[Standing], language: str | None) -> str | None:
    """Whether a text counts ships where the sentence counts people."""
    own = things(text, number, language) - {"people"}
    there = [each.things for each in alike] if own else []
    if not own or not all(other and not own & other for other in there):
        return None
    if any(measure.value in own for each in alike for measure in cued(each.text)):
        return None
    written = text[number.start : number.end]
    return f"“{written}” counts {sorted(there[0])[0]} in the cited sentence, not {sorted(own)[0]}."


def _is_worth(value: float, number: Number) -> bool:
    """Whether a value is that of a number in a sentence."""
    if number.sort is Sort.CODE:
        return False
    if number.sort is Sort.VAGUE:
        return value in (number.value, 2 * number.value) or (
            number.value <= value < 10 * number.value and value % number.value == 0
        )
    if number.sort is Sort.SHARE:
        return abs(value - number.value) < _SHARES or abs(100 * value - number.value) < _SHARES
    return abs(value - number.value) <= _CLOSE * max(1.0, abs(number.value))


def _is_like(number: Number, other: Number) -> bool:
    """Whether a number of a text is one of a sentence."""
    if Sort.SHARE in (number.sort, other.sort) and number.sort is not other.sort:
        return False
    if number.sort is Sort.VAGUE:
        return other.sort is not Sort.CODE and number.value <= other.value < 100 * number.value
    return _is_worth(number.value, other)


def _is_implied(value: float, statement: Statement) -> bool:
    """Whether a small number follows from a sentence without standing there."""
    if value == 1:
        return True
    if value == 0:
        return bool(_NONE.search(statement.quote))
    if value == 2:
        return statement.passage.language == "ar" or bool(_TWO.search(statement.quote))
    published = statement.passage.article.published
    return published is not None and value == published.year and not _YEAR.search(statement.quote)


def _is_named(text: str, number: Number, statement: Statement) -> bool:
    """Whether a number is part of a name that the article holds: "Iron Shield 26"."""
    before = re.search(
        r"([^\W\d_][\w.'’-]*)[\s-]\Z", text[max(0, number.start - 40) : number.start]
    )
    after = re.match(r"\s([^\W\d_][\w'’-]*)", text[number.end : number.end + 40])
    written = text[number.start : number.end]
    index = statement.passage.index
    return bool(
        (before and before[1][0].isupper() and index.holds(f"{before[1]} {written}"))
        or (after and after[1][0].isupper() and index.holds(f"{written} {after[1]}"))
    )


def _stands_as_it_is(text: str, number: Number, statement: Statement) -> bool:
    """Whether a designation, with the letters that it is written with, stands in the article."""
    index = statement.passage.index
    start = max(text.rfind(mark, 0, number.start) for mark in " (“\"'‘") + 1
    return index.holds(text[start : number.end]) or index.holds(text[number.start : number.end])


def _missing(written: str, statement: Statement, standing: list[Standing]) -> str:
    numbers = [str(number) for number in statement.sentences]
    where = f"sentence {numbers[0]}" if len(numbers) == 1 else f"sentences {', '.join(numbers)}"
    there = list(dict.fromkeys(each.written for each in standing))[:_MOST_TOLD]
    has = (
        f", which {'has' if len(numbers) == 1 else 'have'} “{'”, “'.join(there)}”" if there else ""
    )
    return f"“{written}” is not in the cited {where}{has}."
