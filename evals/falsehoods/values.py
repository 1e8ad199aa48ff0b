"""Falsehoods in the numbers, dates, places and closed lists of an item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from summarizer.evals.falsehoods.days import INSTEAD, dates
from summarizer.evals.falsehoods.items import Change, Item, Json, stands
from summarizer.evals.falsehoods.measures import MEASURES, UNITS, direction, qualifiers
from summarizer.evals.falsehoods.names import foreign
from summarizer.evals.falsehoods.numerals import Bounds, others, values
from summarizer.evals.falsehoods.rewordings import stands_whole
from summarizer.schemas import DatePhrase
from summarizer.schemas.dating.edtf import bounds

_DENIED: Mapping[str, tuple[str, ...]] = {
    "occurred": ("did_not_occur",),
    "ongoing": ("did_not_occur",),
    "did_not_occur": ("occurred", "ongoing"),
}
_SHIFTED: Mapping[str, tuple[str, ...]] = {
    "occurred": ("planned", "threatened", "predicted"),
    "ongoing": ("planned", "proposed"),
    "planned": ("occurred", "ongoing"),
    "proposed": ("occurred", "ongoing"),
    "threatened": ("occurred", "ongoing"),
    "predicted": ("occurred", "ongoing"),
    "hypothetical": ("occurred",),
    "attempted": ("planned",),
}
_OFF: Mapping[str, tuple[str, ...]] = {
    "held": ("cancelled", "refused"),
    "ongoing": ("cancelled", "refused"),
    "planned": ("cancelled", "refused"),
    "cancelled": ("held",),
    "refused": ("held",),
}
_COMING: Mapping[str, tuple[str, ...]] = {
    "held": ("planned", "proposed"),
    "ongoing": ("planned", "proposed"),
    "planned": ("held",),
    "proposed": ("held",),
    "cancelled": ("planned",),
    "refused": ("planned",),
}
_CLAIMS: Mapping[str, tuple[str, ...]] = {
    "asserted": ("denied",),
    "reported": ("denied",),
    "claimed": ("denied",),
    "accused": ("denied",),
    "confirmed": ("denied",),
    "denied": ("asserted", "confirmed"),
}
_CONTESTED = frozenset({"denied", "disputed"})
_OWN_TENSE = "military_activities"


def recounted(item: Item, chance: Random) -> Iterator[Change]:
    """Another number in a quantity."""
    taken = values(item.cited)
    for path, quantity in _quantities(item):
        low, high = quantity["min"], quantity["max"]
        known = low if low is not None else high
        if known is None:
            continue
        limits = Bounds(rising=high is None, falling=low is None)
        found = others(known, taken, limits)
        chance.shuffle(found)
        for new in found[:4]:
            number = int(new) if new == int(new) else new
            both = {key: number for key in ("min", "max") if quantity.get(key) is not None}
            yield _quantity(path, quantity, both)


def remeasured(item: Item, chance: Random) -> Iterator[Change]:
    """Another qualifier, unit or measure of a quantity."""
    rising, falling = qualifiers(item.language)
    known = [quantity for _, quantity in _quantities(item)]
    for path, quantity in _quantities(item):
        low, high = quantity.get("min"), quantity.get("max")
        number = low if low is not None else high
        way = direction(quantity.get("qualifier"))
        if number is not None and way != "other":
            more = {"qualifier": rising[1], "min": number, "max": None}
            less = {"qualifier": falling[-1], "min": None, "max": number}
            wrong = {"rising": [less], "falling": [more]}.get(way, [more, less])
            if not item.tolerated(path):
                for each in wrong:
                    if not stands_whole(str(each["qualifier"]), item.cited):
                        yield _quantity(path, quantity, each)
        for unit in UNITS.get(quantity.get("unit") or "", ()):
            if not stands_whole(unit, item.cited):
                yield _quantity(path, quantity, {"unit": unit})
        for measure in MEASURES.get(quantity["measure"], ()):
            same = (quantity.get("min"), quantity.get("max"), measure)
            if same not in [(q.get("min"), q.get("max"), q["measure"]) for q in known]:
                yield _quantity(path, quantity, {"measure": measure, "unit": None})


def denied_values(item: Item, chance: Random) -> Iterator[Change]:
    """What occurred said not to have, what was held to be off, and a claim to be a denial."""
    contested = any(claim["status"] in _CONTESTED for claim in item.data.get("claims", ()))
    if item.section == _OWN_TENSE and not contested:
        yield from _closed(item, f"{item.pointer}/realis", _DENIED)
    if item.section == _OWN_TENSE and item.data.get("realis") == "did_not_occur" and contested:
        yield from _closed(item, f"{item.pointer}/realis", _DENIED)
    yield from _closed(item, f"{item.pointer}/status", _OFF) if not contested else ()
    claims = item.data.get("claims", ())
    for i, claim in enumerate(claims):
        # What is denied by one and asserted by another in the same breath stands there both ways.
        contests = claim["status"] in _CONTESTED
        opposed = [each for each in claims if (each["status"] in _CONTESTED) is not contests]
        if any(_meet(each, claim) for each in opposed):
            continue
        yield from _closed(item, f"{item.pointer}/claims/{i}/status", _CLAIMS)


def _meet(one: Json, other: Json) -> bool:
    """Whether two claims are of one source, or cite a sentence in common."""
    numbers = [{each["sentence"] for each in claim["evidence"]} for claim in (one, other)]
    return one["attribution"] == other["attribution"] or not numbers[0].isdisjoint(numbers[1])


def shifted_values(item: Item, chance: Random) -> Iterator[Change]:
    """What is planned said to have occurred, and the other way about."""
    realis = item.data.get("realis")
    # Of a judgement and of a motive readers may differ, unless it was yet to come.
    if item.section == _OWN_TENSE or realis in ("planned", "proposed", "predicted", "threatened"):
        yield from _closed(item, f"{item.pointer}/realis", _SHIFTED)
    yield from _closed(item, f"{item.pointer}/status", _COMING)


def redated_values(item: Item, chance: Random) -> Iterator[Change]:
    """Another phrase with its date, and another date of the same phrase."""
    date, path = item.data.get("date"), f"{item.pointer}/date"
    if not date or item.is_open(path):
        return
    phrase, edtf = date["text"], date.get("edtf")
    tolerated = item.tolerated(path)
    found = [
        phrase[: each.start] + new + phrase[each.end :]
        for each in dates(phrase, item.language)
        for new in each.others
        if not stands_whole(new, item.cited)
    ]
    found = found or [each for each in INSTEAD[item.language] if not stands(each, item.cited)]
    chance.shuffle(found)
    for new in found[:6]:
        resolved = _resolved(item, new)
        if new not in tolerated and (edtf is None or resolved != edtf):
            yield _dated(path, date, {"text": new, "edtf": resolved})
    for other in _other_edtf(edtf) if edtf else ():
        if other not in tolerated:
            yield _dated(path, date, {"edtf": other})


def swapped_date_values(item: Item, chance: Random) -> Iterator[Change]:
    """The date of another item, whose phrase none of the cited sentences holds."""
    date, path = item.data.get("date"), f"{item.pointer}/date"
    if not date or item.is_open(path):
        return
    known = {
        (other["date"]["text"], other["date"].get("edtf"))
        for section in ("military_activities", "diplomatic_meetings")
        for other in item.record[section]
        if other.get("date")
    }
    tolerated = item.tolerated(path)
    for text, edtf in sorted(known, key=str):
        apart = edtf and date.get("edtf") and not _overlap(edtf, date["edtf"])
        if apart and text not in tolerated and not stands_whole(text, item.cited):
            yield _dated(path, date, {"text": text, "edtf": edtf})


def replaced(item: Item, chance: Random) -> Iterator[Change]:
    """Another place, which the article doesn't hold."""
    location, path = item.data.get("location"), f"{item.pointer}/location"
    if not location or item.is_open(path):
        return
    found = foreign(item.language, "place", item.whole)
    chance.shuffle(found)
    for name in found[:3]:
        yield Change(f"{path}/text", location["text"], name, {f"{path}/text": name})


def swapped_places(item: Item, chance: Random) -> Iterator[Change]:
    """The place of another item, which none of the cited sentences holds."""
    location, path = item.data.get("location"), f"{item.pointer}/location"
    if not location or item.is_open(path):
        return
    tolerated = item.tolerated(path)
    known = {
        other["location"]["text"]
        for section in ("military_activities", "diplomatic_meetings")
        for other in item.record[section]
        if other.get("location") and other["location"].get("kind") == location.get("kind")
    }
    for name in sorted(known - tolerated):
        near = name in location["text"] or location["text"] in name
        if not near and not stands(name, item.cited):
            yield Change(f"{path}/text", location["text"], name, {f"{path}/text": name})


def _quantities(item: Item) -> Iterator[tuple[str, Json]]:
    for i, quantity in enumerate(item.data.get("quantities", ())):
        path = f"{item.pointer}/quantities/{i}"
        if not item.is_open(path):
            yield path, quantity


def _quantity(path: str, before: Json, new: Json) -> Change:
    values = {f"{path}/{key}": value for key, value in new.items()}
    return Change(path, before, {**before, **new}, values)


def _closed(item: Item, path: str, table: Mapping[str, tuple[str, ...]]) -> Iterator[Change]:
    before: Any = item.data
    for step in path.removeprefix(f"{item.pointer}/").split("/"):
        before = before[int(step)] if isinstance(before, list) else before.get(step)
    if item.is_open(path):
        return
    tolerated = item.tolerated(path)
    for after in table.get(before or "", ()):
        if after not in tolerated:
            yield Change(path, before, after, {path: after})


def _dated(path: str, before: Json, new: Json) -> Change:
    # What code makes of the phrase would not fit any more.
    changed = {**new, "precision": None, "basis": None}
    values = {f"{path}/{key}": value for key, value in changed.items()}
    return Change(path, before, {**before, **changed}, values)


def _resolved(item: Item, phrase: str) -> str | None:
    return DatePhrase(text=phrase).resolved(item.document.gold.published).edtf


def _other_edtf(edtf: str) -> Iterator[str]:
    """The same a year earlier and later, another month, and another day; which are valid EDTF."""
    ends = edtf.split("/")
    years = [
        "/".join(f"{int(end[:4]) + by}{end[4:]}" if end[:4].isdigit() else end for end in ends)
        for by in (1, -1)
    ]
    months = [f"{edtf[:5]}{(int(edtf[5:7]) + 1) % 12 + 1:02d}{edtf[7:]}"] if _has(edtf, 7) else []
    days = [f"{edtf[:8]}{(int(edtf[8:10]) + 8) % 28 + 1:02d}"] if _has(edtf, 10) else []
    for each in (*days, *months, *years):
        try:
            bounds(each)
        except ValueError:
            continue
        if each != edtf:
            yield each


def _has(edtf: str, length: int) -> bool:
    return "/" not in edtf and len(edtf.rstrip("~")) >= length


def _overlap(one: str, other: str) -> bool:
    (a, b), (c, d) = bounds(one), bounds(other)
    return (a is None or d is None or a <= d) and (b is None or c is None or c <= b)
