"""The fields that all extractors have; gold and predictions cut down to them. For `peers.py`.

A section keeps the fields that every extractor fills, in the peers' own words for kinds and types.
Cutting down is the same for gold and for predictions. Of the gold's tolerances those stay that are
of something that stays; its parties' other names become names that they may go by, since a peer
gives one name. Events are aligned by how alike they are alone: what else would anchor them (actors,
dates) isn't there on any side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import Field

from summarizer.evals.documents import Tolerance
from summarizer.evals.files import json_of
from summarizer.evals.runs import Run
from summarizer.evals.suites import Document, Labels, Suite
from summarizer.schemas import Place
from summarizer.schemas.evidence import Grounded, Record
from summarizer.schemas.markers import Anchor, Naming, PartyRef

Kind = Literal["state", "armed_force", "organisation", "official", "media", "expert", "other"]
Type = Literal["exercise", "strike", "deployment", "arms_transfer", "weapons_test", "other"]

KINDS = {
    "state": ["state"],
    "government_body": ["organisation", "state", "other"],
    "armed_force": ["armed_force"],
    "law_enforcement": ["organisation", "armed_force", "other"],
    "paramilitary": ["armed_force", "organisation", "other"],
    "intelligence_service": ["organisation", "other"],
    "non_state_armed_group": ["armed_force", "organisation", "other"],
    "igo": ["organisation"],
    "alliance": ["organisation"],
    "ngo": ["organisation"],
    "political_party": ["organisation"],
    "media": ["media"],
    "company": ["organisation"],
    "think_tank": ["organisation"],
    "official": ["official"],
    "expert": ["expert"],
    "civilian_group": ["other", "organisation"],
    "other": ["other"],
}
"""What each kind is in the peers' words: the first, or as well any other."""
TYPES = {
    "joint_exercise": ["exercise"],
    "national_exercise": ["exercise"],
    "weapons_test": ["weapons_test"],
    "deployment": ["deployment"],
    "peacekeeping": ["other", "deployment"],
    "withdrawal": ["other", "deployment"],
    "training": ["other", "exercise"],
    "air_strike": ["strike"],
    "drone_strike": ["strike"],
    "missile_or_artillery_strike": ["strike"],
    "bombing": ["strike", "other"],
    "suicide_attack": ["strike", "other"],
    "assassination": ["other", "strike"],
    "ground_clash": ["other", "strike"],
    "arms_transfer": ["arms_transfer"],
}
"""The same for types of activities; all others are "other"."""


class SharedParty(Grounded):
    """A party by its name."""

    id: str | None = None
    name: Annotated[str, Naming(), Anchor()]
    kind: Kind | None = None


class SharedActivity(Grounded):
    """An activity, what it was and where."""

    id: str | None = None
    name: str
    type: Type
    location: Place | None = None


class SharedMeeting(Grounded):
    """A meeting and where it was."""

    id: str | None = None
    location: Place | None = None


class SharedAssessment(Grounded):
    """A view and who holds it."""

    id: str | None = None
    assessor: Annotated[PartyRef, Anchor()]
    proposition: str


class SharedMotive(Grounded):
    """A purpose and who ascribes it."""

    id: str | None = None
    motive: str
    attributed_by: PartyRef | None = None


class SharedSummary(Record):
    """What every extractor is asked for."""

    parties: list[SharedParty] = Field(default_factory=list)
    military_activities: list[SharedActivity] = Field(default_factory=list)
    diplomatic_meetings: list[SharedMeeting] = Field(default_factory=list)
    expert_assessments: list[SharedAssessment] = Field(default_factory=list)
    claimed_motives: list[SharedMotive] = Field(default_factory=list)


ITEMS: dict[str, type[Grounded]] = {
    "parties": SharedParty,
    "military_activities": SharedActivity,
    "diplomatic_meetings": SharedMeeting,
    "expert_assessments": SharedAssessment,
    "claimed_motives": SharedMotive,
}
_PLACE = re.compile(r"/(\w+)/\d+(?:/(\w+)(?:/.*)?)?")


def words_for(field: str, value: str) -> list[str]:
    """A kind or a type of ours in the peers' words, the likeliest first."""
    return KINDS[value] if field == "kind" else TYPES.get(value, ["other"])


def reduced(summary: dict[str, Any]) -> dict[str, Any]:
    """A record in public JSON, cut down."""
    return {
        section: [_item(item, model) for item in summary.get(section, [])]
        for section, model in ITEMS.items()
    }


def _item(item: dict[str, Any], model: type[Grounded]) -> dict[str, Any]:
    kept = {name: item[name] for name in model.model_fields if item.get(name) is not None}
    for field in ("kind", "type"):
        if field in kept:
            kept[field] = words_for(field, kept[field])[0]
    return kept


def reduced_run(run: Run) -> Run:
    """A run, its predictions cut down."""
    return replace(
        run,
        predictions={
            key: each.model_copy(update={"summary": each.summary and reduced(each.summary)})
            for key, each in run.predictions.items()
        },
    )


def reduced_suite(suite: Suite[Any]) -> Suite[Any]:
    """A suite, its labels cut down and with them what its readers left open."""
    return replace(suite, documents=tuple(map(_document, suite.documents)))


def _document(document: Document[Any]) -> Document[Any]:
    summary = json_of(document.labels.record)
    labels = Labels(
        SharedSummary.model_validate(reduced(summary)),
        tuple(tolerances(summary, document.labels.tolerances)),
        document.labels.regions,
    )
    return replace(document, labels=labels, annotations=())


def tolerances(summary: dict[str, Any], given: Sequence[Tolerance]) -> list[Tolerance]:
    """What readers of a record left open, as far as it is of something that is kept."""
    kept: dict[str, Tolerance] = {}
    for each in given:
        place = _PLACE.fullmatch(each.at)
        section, field = place.groups() if place else ("", None)
        if section not in ITEMS or field not in {None, *ITEMS[section].model_fields}:
            continue
        kept[each.at] = each
        if field in {"kind", "type"}:
            others = [word for value in each.alternatives for word in words_for(field, value)]
            kept[each.at] = each.model_copy(update={"alternatives": others})
    for section, field in (("parties", "kind"), ("military_activities", "type")):
        for i, item in enumerate(summary.get(section, [])):
            if item.get(field):
                _add(kept, f"/{section}/{i}/{field}", "alternatives", words_for(field, item[field]))
    for i, party in enumerate(summary.get("parties", [])):
        names = [party.get("name_en"), *party.get("aliases", [])]
        _add(kept, f"/parties/{i}", "names", [name for name in names if name])
    return [*kept.values()]


def _add(
    kept: dict[str, Tolerance], at: str, name: Literal["alternatives", "names"], values: list[str]
) -> None:
    """Let these do as well at a place."""
    before = kept.get(at)
    if before is None:
        if values:
            kept[at] = Tolerance.model_validate({"at": at, name: values})
    else:
        others = dict.fromkeys([*getattr(before, name), *values])
        kept[at] = before.model_copy(update={name: [*others]})
