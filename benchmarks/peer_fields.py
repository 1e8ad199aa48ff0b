"""The fields that all extractors have; gold and predictions cut down to them. For `peers.py`.

A section keeps the fields that every extractor fills, in the peers' own words for kinds and types.
Cutting down is the same for gold and for predictions. Of the gold's tolerances those stay that are
of something that stays; its parties' other names become names that they may go by, since a peer
gives one name. Events are aligned by how alike they are alone: what else would anchor them (actors,
dates) isn't there on any side. One of which nothing is kept can't be aligned, so that whole items
are not counted.
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

Kind = Literal["state", "armed_force", "organisation", "official", "media", "expert"]
Type = Literal["exercise", "strike", "deployment", "arms_transfer", "weapons_test"]

KINDS: dict[str, tuple[Kind | None, ...]] = {
    "state": ("state",),
    "government_body": ("organisation", "state"),
    "armed_force": ("armed_force",),
    "law_enforcement": ("organisation", "armed_force"),
    "paramilitary": ("armed_force", "organisation"),
    "intelligence_service": ("organisation",),
    "non_state_armed_group": ("armed_force", "organisation"),
    "igo": ("organisation",),
    "alliance": ("organisation",),
    "ngo": ("organisation",),
    "political_party": ("organisation",),
    "media": ("media",),
    "company": ("organisation",),
    "think_tank": ("organisation",),
    "official": ("official",),
    "expert": ("expert",),
    "civilian_group": (None, "organisation"),
    "other": (None,),
}
"""What each kind is in the peers' words: the first, or as well any other. None is their "other",
which says nothing, and is what a converter has to write where a peer says nothing."""
TYPES: dict[str, tuple[Type | None, ...]] = {
    "joint_exercise": ("exercise",),
    "national_exercise": ("exercise",),
    "weapons_test": ("weapons_test",),
    "deployment": ("deployment",),
    "peacekeeping": (None, "deployment"),
    "withdrawal": (None, "deployment"),
    "training": (None, "exercise"),
    "air_strike": ("strike",),
    "drone_strike": ("strike",),
    "missile_or_artillery_strike": ("strike",),
    "bombing": ("strike", None),
    "suicide_attack": ("strike", None),
    "assassination": (None, "strike"),
    "ground_clash": (None, "strike"),
    "arms_transfer": ("arms_transfer",),
}
"""The same for types of activities; all others are None."""


class SharedParty(Grounded):
    """A party by its name."""

    id: str | None = None
    name: Annotated[str, Naming(), Anchor()]
    kind: Kind | None = None


class SharedActivity(Grounded):
    """An activity, what it was and where."""

    id: str | None = None
    name: str
    type: Type | None = None
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


def words_for(field: str, value: str) -> Sequence[str | None]:
    """A kind or a type of ours in the peers' words, the likeliest first."""
    return KINDS[value] if field == "kind" else TYPES.get(value, (None,))


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
    return {name: value for name, value in kept.items() if value is not None}


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
        if section in ITEMS and field in {None, *ITEMS[section].model_fields}:
            kept[each.at] = each
    for section, field in (("parties", "kind"), ("military_activities", "type")):
        for i, item in enumerate(summary.get(section, [])):
            at = f"/{section}/{i}/{field}"
            own = _in_words(at, item.get(field), kept.pop(at, None))
            if own is not None:
                kept[at] = own
    for i, party in enumerate(summary.get("parties", [])):
        names = [name for name in (party.get("name_en"), *party.get("aliases", [])) if name]
        if names:
            at = f"/parties/{i}"
            before = kept.get(at, Tolerance(at=at, names=names))
            names = [*dict.fromkeys([*before.names, *names])]
            kept[at] = before.model_copy(update={"names": names})
    return [*kept.values()]


def _in_words(at: str, value: str | None, before: Tolerance | None) -> Tolerance | None:
    """What is left open of a kind or a type, in the peers' words."""
    if before is not None and before.dont_care:
        return before
    values = [value, *(before.alternatives if before is not None else ())]
    words = [word for each in values if each for word in words_for(at.rpartition("/")[2], each)]
    label = words[0] if value else None
    others = dict.fromkeys(word for word in words if word not in {None, label})
    optional = before is not None and before.optional
    if label is not None and None in words:
        optional = True
    if not others and not optional:
        return None
    return Tolerance(at=at, alternatives=[*others], optional=optional)
