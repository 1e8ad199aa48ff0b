"""An article read in parts, by a reader who misses nothing, comes to the record of the whole."""

from __future__ import annotations

import random
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from summarizer.article import Article
from summarizer.assembly import assemble
from summarizer.evals.suites import load_suite
from summarizer.grounding import Draft, Item, Source
from summarizer.linking import renamed
from summarizer.merge import order
from summarizer.results import IssueKind
from summarizer.schemas import SituationSummary
from summarizer.wire import Kind, Node, Profile, Size, plan

PLAN = plan(SituationSummary, Profile.STRICT, Size.FULL)
NODES = {slot.name: slot.node.listed for slot in PLAN.sections}
GOLD = Path(__file__).parents[1] / "evals" / "gold" / "situations"


def evidence_of(receipts: list[dict[str, Any]], first: int, last: int) -> list[dict[str, Any]]:
    return [receipt for receipt in receipts if first <= receipt["sentence"] <= last]


def part_of(node: Node, data: Mapping[str, Any], first: int, last: int) -> dict[str, Any] | None:
    """What sentences `first` to `last` tell of an object; None where they don't tell of it."""
    part = dict(data)
    for slot in node.fields:
        held = data.get(slot.name)
        if slot.node.kind in (Kind.EVIDENCE, Kind.MENTIONS) and held:
            part[slot.name] = evidence_of(held, first, last)
            if not part[slot.name]:
                return None
        elif slot.node.listed.kind is Kind.OBJECT and slot.node.kind is Kind.LIST and held:
            parts = [part_of(slot.node.listed, each, first, last) for each in held]
            part[slot.name] = [each for each in parts if each is not None]
    return part


def seen(draft: Draft, first: int, last: int) -> Draft:
    """What a reader of sentences `first` to `last` makes of what one of all of them made."""
    sections = {}
    for name, items in draft.sections.items():
        parts = [part_of(NODES[name], item.data, first, last) for item in items]
        sections[name] = [Item(part, raw=part) for part in parts if part is not None]
    return Draft(draft.asked, sections, dict(draft.values))


@cache
def planted(name: str) -> tuple[Source, Draft]:
    """An article and the items of its gold record, in the order of their evidence.

    An item cites what its claims cite, so that no part of it is told where it isn't itself.
    """
    [document] = load_suite(GOLD / "dev" / f"{name}.json", SituationSummary).documents
    held = Source(document.article)
    record = document.labels.record.model_dump(mode="json")
    names = {
        section: {item["id"]: item["name"] for item in record[section] if item.get("name")}
        for section in NODES
        if section != "synopsis"
    }
    sections: dict[str, list[Item]] = {}
    for section, node in NODES.items():
        for each in record.pop(section):
            data = {key: value for key, value in each.items() if key != "id"}
            for target, by_id in names.items():
                data = renamed(node, data, target, by_id)
            if section == "parties":
                data["evidence"] = held.mentions([data["name"], *data["aliases"]])
            claims = data.get("claims", [])
            cited = {e["sentence"]: e for own in (data, *claims) for e in own["evidence"]}
            data["evidence"] = [cited[number] for number in sorted(cited)]
            if claims:
                [slot] = [slot for slot in node.fields if slot.name == "claims"]
                claims.sort(key=lambda claim, node=slot.node.listed: order(node, claim))
            if data["evidence"]:  # of a name in page furniture code cites nothing
                sections.setdefault(section, []).append(Item(data, raw=data))
    return held, Draft(frozenset(NODES), sections, record)


DOCUMENTS = sorted(path.stem for path in (GOLD / "dev").glob("*.json"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_items_that_readers_hold_to_be_two_are_not_folded(name: str) -> None:
    held, draft = planted(name)
    made = assemble(PLAN, [draft], held)
    folded = {IssueKind.DUPLICATE, IssueKind.CONFLICT}
    assert [issue for issue in made.issues if issue.kind in folded] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_record_of_an_article_cut_anywhere_is_the_one_of_the_whole(name: str) -> None:
    held, draft = planted(name)
    whole = assemble(PLAN, [draft], held).summary.model_dump()
    last = held.article.sentence_count
    rng = random.Random(3)
    for cut in range(1, last):
        overlap = rng.choice((0, 3))
        parts = [seen(draft, 1, min(last, cut + overlap)), seen(draft, cut + 1, last)]
        for part in parts:
            for items in part.sections.values():
                rng.shuffle(items)
        rng.shuffle(parts)
        made = assemble(PLAN, parts, held)
        assert made.summary.model_dump() == whole, f"cut after sentence {cut}"
        assert [i for i in made.issues if i.kind is IssueKind.CONFLICT] == []


def test_so_is_one_of_many_small_parts() -> None:
    held, draft = planted("tindouf-missile-analysis")
    whole = assemble(PLAN, [draft], held).summary
    last = held.article.sentence_count
    parts = [seen(draft, first, first + 6) for first in range(1, last + 1, 5)]
    random.Random(1).shuffle(parts)
    assert assemble(PLAN, parts, held).summary == whole


def calls_for(items: int, *, alike: bool) -> int:
    """How many calls of functions it takes to join windows of so many items, half of them twice."""
    lines = [f"Forces of Avel{n // 4} shelled Tarn{n} on Tuesday." for n in range(items)]
    held = Source(Article.from_text("\n".join(lines), published="2025-03-06", language="en"))
    parts = []
    for first in range(0, items, 10):
        part = range(first, min(items, first + 20))
        parts.append(
            Draft(
                frozenset(NODES),
                {
                    "parties": [
                        Item({"name": name, "evidence": held.mentions([name])})
                        for name in dict.fromkeys(f"Avel{n // 4}" for n in part)
                    ],
                    "military_activities": [
                        Item(
                            {
                                "evidence": [held.evidence(n + 1)],
                                "name": "shelling of a town" if alike else f"Raid on Tarn{n}",
                                "type": "air_strike",
                                "actors": [f"Avel{n // 4}"],
                                "location": {"text": f"Tarn{n}"},
                            }
                        )
                        for n in part
                    ],
                },
            )
        )
    counted = 0

    def count(frame: Any, event: str, argument: Any) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        made = assemble(PLAN, parts, held)
    finally:
        sys.setprofile(before)
    assert isinstance(made.summary, SituationSummary)
    assert len(made.summary.military_activities) == items
    assert len(made.summary.parties) == items // 4
    return counted


@pytest.mark.parametrize("alike", [False, True])
def test_the_work_grows_with_the_items_and_not_with_their_square(alike: bool) -> None:
    assert calls_for(800, alike=alike) < 5 * calls_for(200, alike=alike)
