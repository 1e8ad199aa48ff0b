"""A number in the making: words and digits that follow one another and are worth one sum."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from summarizer.numerals.lexicon import Lexicon
from summarizer.numerals.number import Number, Sort

_THOUSAND = 1000


@dataclass(slots=True)
class Sum:
    """What the words from `start` to `end` are worth so far.

    `group` is what the next scale multiplies, `total` what stands before it; a part can be added
    if it is less than `room`. `reached` is where the next word must follow: behind a joint, such
    as "and", which is the number's only if a part comes after it.
    """

    start: int
    end: int
    total: float = 0.0
    group: float = 0.0
    room: float = inf
    ceiling: float = inf
    sort: Sort = Sort.COUNT
    reached: int = 0
    scale: float = 1.0
    """What the last word was worth, if it multiplied: half of it is "and a half"."""
    joined: bool = False
    closed: bool = False

    @classmethod
    def of_digits(cls, digits: Number) -> Sum:
        """A number in digits, which only scales can follow: "1.6" before "million"."""
        return cls(
            digits.start,
            digits.end,
            group=digits.value,
            room=0.0,
            sort=digits.sort,
            reached=digits.end,
            closed=digits.sort is not Sort.COUNT,
        )

    @classmethod
    def begun(cls, word: str, start: int, end: int, words: Lexicon) -> Sum | None:
        """The number that begins with a word, if one does."""
        if word in words.vague:
            vague = words.vague[word]
            return cls(start, end, total=vague, sort=Sort.VAGUE, reached=end, closed=True)
        sum_ = cls(start, end, reached=end)
        return sum_ if sum_.add(word, end, words) else None

    def join(self, end: int, words: Lexicon) -> bool:
        """Take a joint; whether there may be one here."""
        # "Forty and two others" are not 42.
        if self.joined or self.room < (10 if words.joins_tens else 100):
            return False
        self.joined, self.reached = True, end
        return True

    def add(self, word: str, end: int, words: Lexicon) -> bool:
        """Add what a word is worth; whether it belongs to this number."""
        if word in words.scales:
            fits = not self.joined and self._multiply(words.scales[word])
        elif word in words.plain and words.plain[word] < 1 < self.scale:  # "deux millions et demi"
            self.add_half(end)
            return True
        elif word in words.plain:
            fits = self._add(words.plain[word], words)
        elif word in words.ordinals and (self.room == inf or self.group or self.total):
            fits = self._add(words.ordinals[word], words)
            if fits:
                self.sort, self.closed = Sort.ORDINAL, True
        elif word[0] == "و" and len(word) > 2:  # the Arabic "and" is written with its word
            return self.add(word[1:], end, words)
        else:
            return False
        if fits:
            self.scale = words.scales.get(word, 1.0)
            self.end = self.reached = end
            self.joined = False
        return fits

    def follow(self, digits: Number) -> bool:
        """Add digits behind a scale of their own: "2 thousand 500"; whether they fit."""
        if self.joined or self.room != _THOUSAND or not 0 < digits.value < _THOUSAND:
            return False
        if digits.sort is not Sort.COUNT:
            return False
        self.group, self.room = digits.value, 0.0
        self.end = self.reached = digits.end
        return True

    def add_half(self, end: int) -> None:
        """Add "and a half", which ends there: of what was counted last, such as a million."""
        if self.group:
            self.group += self.scale / 2
        else:
            self.total += self.scale / 2
        self.end = self.reached = end
        self.room = 0.0

    def number(self) -> Number:
        """The number, without its surroundings."""
        return Number(self.start, self.end, self.total + self.group, self.sort)

    def _multiply(self, scale: float) -> bool:
        if scale < _THOUSAND:
            if self.group >= scale and self.room:
                return False
            self.group = (self.group or 1) * scale
            self.room = scale if scale == 100 else 0
            return True
        if not self.group and self.total and scale > self.total:  # "mil millones"
            self.total *= scale
        elif scale >= self.ceiling:
            return False
        else:
            self.total += (self.group or 1) * scale
        self.group, self.room, self.ceiling = 0.0, float(_THOUSAND), scale
        return True

    def _add(self, value: float, words: Lexicon) -> bool:
        room = _place(value)
        if self._is_french(value):
            self.group += 76 if value == 20 else value
            room = 10 if value == 10 else room
        elif 0 < value < 1 == self.group and not self.joined:  # "un demi million"
            self.group = value
        elif value < self.room and not self._has_word(value, words):
            if value >= _THOUSAND:
                self.total += value
            else:
                self.group += value
        elif words.ones_first and 0 < self.group % 100 < 10 <= value < 100:
            self.group += value
        else:
            return False
        self.room = room
        return True

    def _has_word(self, value: float, words: Lexicon) -> bool:
        """Whether ten and `value` have a word of their own: "ten two-man teams" are not twelve."""
        return self.group % 100 == 10 and 10 + value in words.plain.values()

    def _is_french(self, value: float) -> bool:
        """ "Quatre-vingt" and "soixante-dix", which count on in twenties."""
        rest = self.group % 100
        return (value == 20 and rest == 4) or (10 <= value < 20 and rest in (60, 80))


def _place(value: float) -> float:
    """What may be added to a number after a part: ones after tens, tens after hundreds."""
    if value >= 100 and value % 100 == 0:
        return 100
    return 10 if value >= 10 and value % 10 == 0 else 0 if value < 1 else 1
