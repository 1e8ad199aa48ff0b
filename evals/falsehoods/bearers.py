"""Falsehoods in who is meant: the parties of an item, and the sources of its claims."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from random import Random
from typing import Any

from summarizer.evals.falsehoods.items import REFERENCES, Change, Item, stands
from summarizer.evals.falsehoods.names import SOURCES, Bearer, foreign, party

_HOLDERS = ("assessor", "attributed_by")
"""Fields that say whose view it is: their falsehoods are of the source."""


def renamed_parties(item: Item, chance: Random) -> Iterator[Change]:
    """A party under a name, or an alias, that the article doesn't hold."""
    if item.section != "parties":
        return
    whose = item.bearer(item.data["id"])
    found = foreign(item.language, whose, item.whole)
    chance.shuffle(found)
    for name in found[:3]:
        path = f"{item.pointer}/name"
        yield Change(path, item.data["name"], name, {path: name})
    for i, alias in enumerate(item.data.get("aliases", ())):
        path = f"{item.pointer}/aliases/{i}"
        for name in found[3:4]:
            yield Change(path, alias, name, {path: name})


def recast(item: Item, chance: Random) -> Iterator[Change]:
    """A reference to a party that the article doesn't know, which is added for it."""
    if item.section == "parties":
        return
    for path, ref in _references(item):
        if path.split("/")[3] not in _HOLDERS:
            yield from _to_foreign(item, path, ref, chance)


def misattributed(item: Item, chance: Random) -> Iterator[Change]:
    """A view, a claim or a count given to another, or taken from its source."""
    for path, ref in _references(item):
        if path.split("/")[3] in _HOLDERS:
            yield from _to_foreign(item, path, ref, chance)
        if path.endswith("/attributed_by") and not _narrates(item):
            yield Change(path, ref, None, {path: None})
    yield from _reattributed(item, chance)
    for path, source in _counters(item):
        for name in _others(item, source, chance):
            yield Change(path, source, name, {path: name})
        if source is not None:
            yield Change(path, source, None, {path: None})


def _reattributed(item: Item, chance: Random) -> Iterator[Change]:
    claims = item.data.get("claims", ())
    narrates = not all(claim["attribution"] for claim in claims)
    for i, claim in enumerate(claims):
        path = f"{item.pointer}/claims/{i}/attribution"
        links = claim["attribution"]
        if item.is_open(path):
            continue
        if not links:
            for name in _others(item, None, chance):
                link = {"source": name, "kind": "named", "cue": None}
                yield Change(path, [], [link], {path: [link]})
        elif not narrates:
            yield Change(path, links, [], {path: []})
    for path, source in _sources(item):
        for name in _others(item, source, chance):
            yield Change(path, source, name, {path: name})


def swapped_parties(item: Item, chance: Random) -> Iterator[Change]:
    """A reference to another party of the article, which none of the cited sentences holds."""
    if item.section == "parties":
        return
    for path, ref in [*_references(item), *_named_sources(item)]:
        found = [
            other["id"]
            for other in item.record["parties"]
            if _may_replace(item, path, ref, other["id"]) and not item.is_cited(other["id"])
        ]
        chance.shuffle(found)
        for other in found[:2]:
            yield Change(path, ref, other, {path: other})


def reversed_parties(item: Item, chance: Random) -> Iterator[Change]:
    """Who does it and to whom, exchanged; and another party of the same sentences."""
    data, at = item.data, item.pointer
    actors, targets = data.get("actors", []), data.get("targets", [])
    apart = not any(item.is_near(one, other) for one in actors for other in targets)
    if actors and targets and apart and data["type"] not in _MUTUAL:
        values = {f"{at}/actors": targets, f"{at}/targets": actors}
        yield Change(f"{at}/actors", actors, targets, values)
    if item.section == "parties":
        return
    for path, ref in _references(item):
        for other in item.record["parties"]:
            # By its very name: what stands there inflected may be the name of another.
            named = any(name in item.cited for name in item.names(other["id"]))
            if named and _may_replace(item, path, ref, other["id"]):
                yield Change(path, ref, other["id"], {path: other["id"]})


_MUTUAL = frozenset({"ground_clash", "ceasefire", "joint_exercise", "prisoner_release"})


def _references(item: Item) -> Iterator[tuple[str, str]]:
    """The places that hold the id of a party, and it; those left open are none."""
    for name in REFERENCES.get(item.section, ()):
        value, path = item.data.get(name), f"{item.pointer}/{name}"
        refs = value if isinstance(value, list) else [value]
        for i, ref in enumerate(refs):
            place = f"{path}/{i}" if refs is value else path
            if ref and not item.is_open(place):
                yield place, ref


def _sources(item: Item) -> Iterator[tuple[str, str]]:
    """The places of the sources of claims, and what stands there."""
    for i, claim in enumerate(item.data.get("claims", ())):
        for j, link in enumerate(claim["attribution"]):
            path = f"{item.pointer}/claims/{i}/attribution/{j}/source"
            if not item.is_open(path):
                yield path, link["source"]


def _counters(item: Item) -> Iterator[tuple[str, str | None]]:
    """The places of those who count, and what stands there."""
    for i, quantity in enumerate(item.data.get("quantities", ())):
        path = f"{item.pointer}/quantities/{i}/counted_by"
        if not item.is_open(path):
            yield path, quantity["counted_by"]


def _named_sources(item: Item) -> Iterator[tuple[str, str]]:
    for path, source in chain(_sources(item), _counters(item)):
        if source is not None and item.party(source):
            yield path, source


def _others(item: Item, source: str | None, chance: Random) -> list[str]:
    """Names and words for sources that the article doesn't know."""
    whose: Bearer = item.bearer(source) if source is not None else "outlet"
    names = foreign(item.language, whose, item.whole)
    words = [each for each in SOURCES[item.language] if not stands(each, item.whole)]
    chance.shuffle(names)
    chance.shuffle(words)
    return [*names[:1], *words[:1]]


def _to_foreign(item: Item, path: str, ref: str, chance: Random) -> Iterator[Change]:
    whose = item.bearer(ref)
    found = foreign(item.language, whose, item.whole)
    chance.shuffle(found)
    for name in found[:2]:
        added = party(name, whose, item.record["parties"], item.data["evidence"][:1])
        yield Change(path, ref, added["id"], {path: added["id"]}, added)


def _may_replace(item: Item, path: str, ref: str, other: str) -> bool:
    """Whether another party in a place would be wrong, and no more than one there."""
    field = path.rsplit("/", 1)[0] if path.rsplit("/", 1)[1].isdigit() else path
    own = _at(item, field)
    own = own if isinstance(own, list) else [own]
    return (
        other not in own
        and item.is_named(other)
        and other not in item.tolerated(field)
        and not item.is_near(ref, other)
        and not any(item.is_near(each, other) for each in own if each)
        and other not in _told_elsewhere(item)
    )


def _told_elsewhere(item: Item) -> set[str]:
    """The parties of an item's claims, when it is about the sources: each may say it as well."""
    return {
        link["source"] for claim in item.data.get("claims", ()) for link in claim["attribution"]
    }


def _narrates(item: Item) -> bool:
    return item.data.get("stance") in ("narrator", "media")


def _at(item: Item, path: str) -> Any:
    value: Any = item.data
    for step in path.removeprefix(f"{item.pointer}/").split("/"):
        value = value[int(step)] if isinstance(value, list) else value.get(step)
    return value
