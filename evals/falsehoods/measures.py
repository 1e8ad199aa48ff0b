"""Words that qualify a number, and units: in fields, and in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from summarizer.evals.falsehoods.numerals import numbers
from summarizer.evals.falsehoods.polarity import Rewriting

_RISING: Mapping[str, tuple[str, ...]] = {
    "en": ("at least", "more than", "no fewer than", "no less than", "over"),
    "fr": ("au moins", "plus de"),
    "ru": ("не менее", "более", "свыше", "не меньше"),
}
_FALLING: Mapping[str, tuple[str, ...]] = {
    "en": ("up to", "at most", "no more than", "fewer than", "less than"),
    "fr": ("au plus", "moins de"),
    "ru": ("не более", "менее"),
}
_VAGUE: Mapping[str, tuple[str, ...]] = {
    "en": ("about", "around", "some", "nearly", "roughly", "almost", "approximately"),
    "fr": ("environ", "quelque", "près de"),
    "ru": ("около", "примерно", "почти"),
}
# What has been counted, and what it plainly isn't.
MEASURES: Mapping[str, tuple[str, ...]] = {
    "killed": ("wounded", "detained"),
    "wounded": ("killed", "displaced"),
    "detained": ("killed", "wounded"),
    "displaced": ("killed", "detained"),
    "troops": ("killed", "vessels"),
    "aircraft": ("vessels", "killed"),
    "vessels": ("aircraft", "killed"),
    "vehicles": ("aircraft", "killed"),
    "strikes": ("killed", "vessels"),
    "sites": ("killed", "aircraft"),
    "money": ("troops", "killed"),
    "duration": ("killed", "troops"),
}
"""Measures that none of the other's readers would take for it."""
UNITS: Mapping[str, tuple[str, ...]] = {
    "USD": ("EUR", "JPY"), "EUR": ("USD", "GBP"), "GBP": ("USD", "EUR"), "RUB": ("USD", "EUR"),
    "hours": ("days", "weeks"), "days": ("weeks", "hours"), "weeks": ("days", "months"),
    "months": ("years", "days"), "years": ("months", "weeks"), "hour": ("day", "week"),
    "day": ("month", "year"), "week": ("day", "year"), "month": ("week", "year"),
    "year": ("month", "decade"), "minutes": ("hours", "days"),
}  # fmt: skip
"""Units, each with plainly other ones."""
_WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {
        **{word: others for word, others in UNITS.items() if word.islower()},
        "kilometres": ("metres", "miles"), "kilometers": ("meters", "miles"),
        "km": ("metres",), "nautical miles": ("kilometres", "metres"), "metres": ("kilometres",),
        "million": ("billion", "thousand"), "billion": ("million",), "thousand": ("million",),
        "killed": ("wounded", "detained"), "dead": ("wounded",), "wounded": ("killed",),
        "injured": ("killed",), "soldiers": ("children", "journalists"),
        "civilians": ("soldiers", "police officers"), "people": ("ships", "aircraft"),
        "tonnes": ("kilograms",), "dollars": ("euros",), "per cent": ("percentage points",),
        "bodies": ("wounded",), "drones": ("tanks",), "ships": ("aircraft",),
        "vessels": ("helicopters",), "aircraft": ("ships",), "missiles": ("torpedoes",),
        "troops": ("aircraft",),
    },
    "fr": {
        "morts": ("blessés",), "blessés": ("morts",), "hommes": ("blindés",), "mois": ("ans",),
        "heures": ("jours", "semaines"), "jours": ("mois",), "véhicules": ("avions",),
        "soldats": ("policiers",), "kilomètres": ("mètres",), "éléments": ("avions",),
    },
    "ru": {
        "млн": ("млрд", "тысяч"), "долларов": ("евро", "рублей"), "беспилотника": ("вертолёта",),
        "машин": ("лодок",), "человек": ("машин",), "часов": ("дней",), "дней": ("месяцев",),
        "погибших": ("раненых",), "раненых": ("погибших",),
    },
}  # fmt: skip
_NUMBER_AFTER = (
    r"(?=\s+(?:\d"
    r"|[a-z]*(?:one|two|three|four|five|six|seven|eight|nine|ten|een|ty|dozen|hundred)\b))"
)


class Qualifier(NamedTuple):
    """A word that makes a bound of a number, with what makes another of it."""

    rising: tuple[str, ...]
    falling: tuple[str, ...]


def qualifiers(language: str) -> Qualifier:
    """Words that say "this or more", and "this or less"; the plainest first."""
    own = language if language in _RISING else "en"
    return Qualifier(_RISING[own], _FALLING[own])


def direction(qualifier: str | None) -> str:
    """Which way a qualifier leads: rising, falling, or vague; exact where there is none."""
    words = (qualifier or "").casefold()
    for name, tables in (("rising", _RISING), ("falling", _FALLING), ("vague", _VAGUE)):
        if any(re.search(rf"\b{each}\b", words) for table in tables.values() for each in table):
            return name
    if re.search(r"or more|ou plus|и более", words):
        return "rising"
    return "other" if words else "exact"


def in_text(text: str, language: str) -> Iterator[Rewriting]:
    """The qualifiers and units of a text, each with what would be false there."""
    own = language if language in _RISING else "en"
    for words, instead in (
        (_RISING[own], _FALLING[own][:2]),
        (_FALLING[own], _RISING[own][:2]),
        (_VAGUE[own], (_RISING[own][1], _FALLING[own][-1])),
    ):
        for word in words:
            pattern = rf"(?<!no )(?<!не )(?<!\w){word}{_NUMBER_AFTER}"
            for match in re.finditer(pattern, text, re.IGNORECASE):
                for other in instead:
                    capital = match.group()[0].isupper()
                    yield Rewriting(*match.span(), other.capitalize() if capital else other)
    # Longer units first, so that "nautical miles" are not "miles".
    for unit in sorted(_WORDS[own], key=len, reverse=True):
        counted = rf"(?<=[\d\w]\s){unit}(?!\w)"
        for match in re.finditer(counted, text):
            if _is_counted(text[: match.start()], own):
                for other in _WORDS[own][unit]:
                    yield Rewriting(*match.span(), other)


def _is_counted(before: str, language: str) -> bool:
    words = " ".join(before.split()[-3:])
    return any(True for _ in numbers(words, language)) or bool(re.search(r"\d", words))
