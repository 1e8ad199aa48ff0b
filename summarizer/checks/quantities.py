"""What a number in a sentence counts: who was killed, what was sent, in which unit."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from summarizer.numerals import MONEY, TIME, Number, Sort, read
from summarizer.schemas.vocabularies import QuantityMeasure

M = QuantityMeasure

_CUES: dict[QuantityMeasure, str] = {
    M.KILLED: r"kill|dead\b|death|died?\b|dying|dies\b|fatal|bodies|bod(?:y|ies)\b|slain|slew"
    r"|martyr|toll\b|perish|murder|massacr|lives\b|loss of life|casualt|executed"
    r"|уби|погиб|жертв|загин|вбит|tué|mort|décéd|muert|asesin|öl(?:dü|en|ü)|قتل|قتيل|مقتل|شهيد"
    r"|کشته|جان باخت|死|丧生|遇难",
    M.WOUNDED: r"wound|injur|hurt\b|maim|casualt|ранен|пострада|поран|blessé|herid|yaral|جرح|جريح"
    r"|إصابة|أصيب|مصاب|زخمی|مجروح|受伤|伤",
    M.DETAINED: r"detain|detention|arrest|captur|prison|captive|custody|hostage|rounded up|jailed"
    r"|taken in\b|internee|abduct|kidnap|seized\b|releas|freed\b|exchang|swap|handed over"
    r"|задерж|арест|плен|затрим|полон|détenu|arrêt"
    r"|interpell|deten|capturad|gözalt|tutukl|esir|اعتقل|اعتقال|أسير|أسرى|احتجز|بازداشت|دستگیر"
    r"|اسیر|逮捕|拘留|被俘|扣押",
    M.DISPLACED: r"displac|fled\b|flee|uproot|evacuat|homeless|refugee|left their|driven from"
    r"|made to leave|переселен|беженц|эвакуи|переміщ|біжен|евакуй|déplac|réfugi|évacu|desplaz"
    r"|refugiad|evacuad|yerinden|mülteci|tahliye|نازح|نزح|لاجئ|تهجير|آواره|流离失所|难民|撤离",
}
_NOUNS: dict[QuantityMeasure, str] = {
    M.TROOPS: r"troop|soldier|personnel|marine|fighter(?! jet|-jet)|serviceme|reservist|conscript"
    r"|paratroop|peacekeeper|guards?\b|gunm[ae]n|militant|rebel|insurgent|recruit|sailor|officer"
    r"|instructor|police|strong\b|men\b|combatant|mercenar|battalion|brigade|volunteer|force"
    r"|advisers?\b|trainers?\b|солдат|военн|бойц|боевик|десантник|вояк|військов|бійц",
    M.AIRCRAFT: r"aircraft|planes?\b|jets?\b|helicopter|drone|uavs?\b|bomber|warplane|fighter"
    r"|airliner|gunship|sorties|quadcopter|airframe|gliders?\b|беспилотник|самол[её]т|вертол[её]т"
    r"|дрон|истребител|безпілотник|літак|гелікоптер",
    M.VESSELS: r"vessel|warship|ships?\b|boats?\b|submarine|frigate|corvette|destroyer|canoe"
    r"|tankers?\b|freighter|barge|cutter|carrier|ferr(?:y|ies)|trawler|craft\b|minesweeper"
    r"|patrol (?:boat|ship)|dhow|yacht|корабл|корабел|судн|судов|катер|лодк|човн",
    M.VEHICLES: r"vehicle|tank(?!er)|truck|lorr(?:y|ies)|pickup|armou?red|apcs?\b|ifvs?\b|cars?\b"
    r"|bus(?:es)?\b|launcher|howitzer|jeep|ambulance|convoy|trailer|motorcycle|gun|танк"
    r"|грузовик|автомобил|бронетехник|вантажівк",
    M.STRIKES: r"strike|attack|raid|sortie|missile|rocket|shell|launch|salvo|barrage|bomb|round"
    r"|drone|hits?\b|assault|test|firing|shot|explosion|blast|mortar|удар|атак|ракет|обстрел"
    r"|залп|обстріл",
    M.SITES: r"site|facilit|base|position|target|building|house|home|village|town|school|hospital"
    r"|depot|airfield|airport|plant|location|outpost|camp|tunnel|bunker|settlement|district|bridge"
    r"|place|cach|cit(?:y|ies)|checkpoint|post|point|cent(?:re|er)|port|area|installation|island"
    r"|store|tower|church|mosque|shop|factor|refiner|station|warehouse|office|provinc|region"
    r"|neighbou?rhood|clinic|market|apartment|block|farm|workshop",
}
PERSONS = frozenset(_CUES)
"""What happens to persons: cues anywhere in the clause tell it."""
_PEOPLE = re.compile(
    r"\b(?:people|persons?|civilians?|m[ae]n|wom[ae]n|child(?:ren)?|residents?|villagers?|citizens?"
    r"|students?|pupils?|passengers?|protesters?|journalists?|workers?|migrants?|others)\b",
    re.IGNORECASE,
)
# For texts in small letters: to look in any case takes three times as long.
_CASUALTY = {m: re.compile(rf"(?<![^\W\d_])(?:{cue})") for m, cue in _CUES.items()}
_ANY_CASUALTY = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(_CUES.values())})")
_THING = {m: re.compile(rf"(?<![^\W\d_])(?:{cue})") for m, cue in _NOUNS.items()}
_RIGHT_BEFORE = re.compile(
    r"([^\W\d_]+(?:\s(?:off|up))?)\W+(?:(?:at|least|most|up|to|about|around|some|more|than|over"
    r"|nearly|almost|as|many|a|an|the|another|further|total|of|no|fewer|less|not|close"
    r"|approximately|roughly|estimated|between|among|all)\W+){0,6}\Z",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:—–]|\s(?:and|but|while|whereas|after|before|when|as|и|et|y|ve|و)\s")
_WORD = re.compile(r"[^\W\d_]+")
_AHEAD, _AROUND = 60, 120
_NOUN_WITHIN = 4


@lru_cache(maxsize=1024)
def measures(text: str, number: Number, language: str | None) -> frozenset[QuantityMeasure]:
    """What a number of a text counts, as far as the words beside it tell; none if they don't."""
    if number.unit in MONEY:
        return frozenset({M.MONEY})
    if number.unit in TIME:
        return frozenset({M.DURATION})
    _, after = _beside(text, number, language)
    return suffered(text, number, language) | _found(_THING, _first_words(after))


@lru_cache(maxsize=1024)
def suffered(text: str, number: Number, language: str | None) -> frozenset[QuantityMeasure]:
    """What happened to the persons that a number counts: of `measures`, those of `PERSONS`."""
    if number.unit in MONEY or number.unit in TIME:
        return frozenset()
    before, after = _beside(text, number, language)
    beside = f"{before} | {after}"
    if not _ANY_CASUALTY.search(_small(beside)):  # mostly
        return frozenset()
    around = _found(_CASUALTY, beside)
    adjacent = _RIGHT_BEFORE.search(before)
    verb = _found(_CASUALTY, adjacent[1]) if adjacent else frozenset()
    return verb or _found(_CASUALTY, _CLAUSE.split(after, maxsplit=1)[0]) or around


def things(text: str, number: Number, language: str | None) -> frozenset[str]:
    """Which kinds of things or persons the noun after a number names, as far as it is known."""
    return _named(_first_words(_beside(text, number, language)[1]))


@lru_cache(maxsize=1024)
def _named(after: str) -> frozenset[str]:
    found = {measure.value for measure in _found(_THING, after)}
    return frozenset({*found, "people"}) if _PEOPLE.search(after) else frozenset(found)


@lru_cache(maxsize=1024)
def cued(text: str) -> frozenset[QuantityMeasure]:
    """What a text speaks of anywhere."""
    return _found(_CASUALTY, text) | _found(_THING, text)


def _beside(text: str, number: Number, language: str | None) -> tuple[str, str]:
    """What stands between a number and those around it."""
    starts, ends = _counted(text, language)
    position = bisect_left(starts, number.start)
    first = ends[position - 1] if position else 0
    after = bisect_left(starts, number.end)
    last = starts[after] if after < len(starts) else len(text)
    return (
        text[max(first, number.start - _AROUND) : number.start],
        text[number.end : min(last, number.end + _AROUND)],
    )


@lru_cache(maxsize=1024)
def _counted(text: str, language: str | None) -> tuple[list[int], list[int]]:
    counts = [each for each in read(text, language) if each.sort in (Sort.COUNT, Sort.VAGUE)]
    return [each.start for each in counts], [each.end for each in counts]


def _first_words(after: str) -> str:
    return " ".join(_WORD.findall(_CLAUSE.split(after[:_AHEAD], maxsplit=1)[0])[:_NOUN_WITHIN])


def _found(
    patterns: dict[QuantityMeasure, re.Pattern[str]], text: str
) -> frozenset[QuantityMeasure]:
    small = _small(text)
    return frozenset(measure for measure, cue in patterns.items() if cue.search(small))


def _small(text: str) -> str:
    return text.replace("İ", "i").lower()  # which makes "i" and a mark of this one letter
