"""The record of an article: who did what, who met, who judged, and why it is said to be so.

Fields stand in the order in which a model writes them: the evidence first, since it anchors an item
on a sentence, then what names the item, then its type, then the rest. What a small model can't fill
may be left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, model_validator

from summarizer.schemas.claims import Claim
from summarizer.schemas.cues import ACTIVITY, AIMLESS, ENCOUNTER, JUDGEMENT, PURPOSE
from summarizer.schemas.dates import DatePhrase
from summarizer.schemas.evidence import Evidence, Grounded, Record
from summarizer.schemas.kinds import kind_of
from summarizer.schemas.likelihood import band
from summarizer.schemas.markers import (
    Alike,
    Anchor,
    ByCode,
    Cued,
    FirstMentions,
    FromEvidence,
    FromTitle,
    FullOnly,
    Key,
    Limit,
    Naming,
    NotFor,
    NotOf,
    NotSource,
    PartyRef,
    Ref,
    Unscored,
    Verbatim,
    Weight,
)
from summarizer.schemas.places import CountryCode, Place, country_code
from summarizer.schemas.quantities import Quantity
from summarizer.schemas.references import references
from summarizer.schemas.vocabularies import (
    ActivityType,
    AssessmentType,
    Confidence,
    LikelihoodBand,
    MeetingFormat,
    MeetingLevel,
    MeetingStatus,
    MotiveCategory,
    MotiveStance,
    PartyKind,
    QuoteMode,
    Realis,
)
from summarizer.schemas.vocabularies.activities import ACTIVITY_FAMILIES

ActivityRef = Annotated[str, Ref("military_activities"), Limit(chars=80)]
Claims = Annotated[list[Claim], FullOnly(), Limit(items=4)]


class Item(Grounded):
    """An item of a section: grounded, and with an id, `id_prefix` and a number, given by code."""

    id_prefix: ClassVar[str]

    id: Annotated[str | None, ByCode()] = Field(default=None, description="Given by code.")


class SynopsisSentence(Grounded):
    """One sentence of the synopsis."""

    text: Annotated[str, FromEvidence(), Limit(chars=300)] = Field(
        min_length=1, description="One plain sentence on the main development."
    )


class Party(Item):
    """A state, body, group, outlet or person that plays a part; ids `p1…`."""

    id_prefix = "p"

    evidence: Annotated[list[Evidence], FirstMentions()] = Field(
        min_length=1, description="The first mentions, found by code."
    )
    name: Annotated[str, Verbatim(), Naming(), Key(), Anchor(), Limit(chars=80)] = Field(
        min_length=1, description="Fullest name in the article, without title; no page residue."
    )
    name_en: Annotated[str | None, FullOnly(), Naming(), Weight(0.5), Limit(chars=80)] = Field(
        default=None, description="English name, if the article is in another language."
    )
    aliases: Annotated[
        list[Annotated[str, Verbatim(), Limit(chars=60)]],
        FullOnly(),
        Naming(),
        Weight(0.5),
        Limit(items=6),
    ] = Field(default_factory=list, description="Other names for it in the article.")
    kind: PartyKind | None = Field(
        default=None, description="A state is not its government, nor its navy: separate parties."
    )
    country: Annotated[CountryCode, FullOnly()] = Field(
        default=None, description="ISO alpha-3 code of its country."
    )
    role_title: Annotated[str | None, FullOnly(), Weight(0.5), Limit(chars=80)] = Field(
        default=None, description="A person's office or title, as written."
    )
    member_of: Annotated[list[PartyRef], FullOnly(), Limit(items=4)] = Field(
        default_factory=list, description="Parties that it belongs to."
    )

    @classmethod
    def from_name(cls, name: str) -> dict[str, object]:
        """The fields of a party that follow from its name alone: its kind and its country."""
        return {"name": name, "kind": kind_of(name), "country": country_code(name)}


class MilitaryActivity(Item):
    """An act of armed force, or one that prepares, supports or ends it; ids `a1…`."""

    id_prefix = "a"

    name: Annotated[str, Key(), Limit(chars=80)] = Field(
        min_length=1, description="Official name if there is one, else a short label."
    )
    type: Annotated[ActivityType, Key(), Alike(ACTIVITY_FAMILIES)] = Field(
        description="What was done, in neutral terms."
    )
    realis: Annotated[Realis | None, Key()] = Field(
        default=None, description="Did it happen? An order, offer or threat is not the event."
    )
    actors: Annotated[list[PartyRef], NotSource(), Anchor(), Limit(items=8)] = Field(
        default_factory=list, description="Parties that do it."
    )
    targets: Annotated[list[PartyRef], NotFor(AIMLESS), NotSource(), Anchor(), Limit(items=8)] = (
        Field(default_factory=list, description="Parties that it is done to.")
    )
    location: Annotated[Place | None, Anchor()] = Field(
        default=None, description="Where; a capital may stand for its government instead."
    )
    date: Annotated[DatePhrase | None, Anchor()] = Field(default=None, description="When.")
    description: Annotated[str | None, FromEvidence(), Unscored(), Limit(chars=300)] = Field(
        default=None, description="One sentence: what happened."
    )
    quantities: Annotated[list[Quantity], FullOnly(), Limit(items=8)] = Field(
        default_factory=list, description="Numbers, with qualifier and counter."
    )
    claims: Claims = Field(
        default_factory=list, description="Who says so, and who denies it: one claim each."
    )

    @classmethod
    def label(cls, fields: Mapping[str, Any]) -> str:
        """What to call an activity that has no name of its own: its type, and where it was."""
        kind = str(fields["type"]).replace("_", " ")
        place = fields.get("location")
        return f"{kind}, {place}" if place else kind


class DiplomaticMeeting(Item):
    """Parties that meet, will meet or refuse to; ids `m1…`."""

    id_prefix = "m"

    participants: Annotated[list[PartyRef], Key(), Anchor(), Limit(items=12, least=2)] = Field(
        description="Parties that meet: the persons, where they are named."
    )
    format: MeetingFormat | None = Field(default=None, description="In what form.")
    status: Annotated[MeetingStatus | None, Key()] = Field(
        default=None, description="Did it take place? An invitation is not a meeting."
    )
    level: Annotated[MeetingLevel | None, FullOnly()] = Field(
        default=None, description="Highest rank."
    )
    location: Annotated[Place | None, Anchor()] = Field(
        default=None, description="Where; a capital may stand for its government instead."
    )
    host: Annotated[PartyRef | None, FullOnly()] = Field(
        default=None, description="Party that receives the others."
    )
    mediator: Annotated[PartyRef | None, FullOnly()] = Field(
        default=None, description="Party that goes between."
    )
    topics: Annotated[
        list[Annotated[str, Limit(chars=80)]], FullOnly(), Weight(0.5), Limit(items=5)
    ] = Field(default_factory=list, description="What was discussed, a few words each.")
    outcome: Annotated[str | None, FullOnly(), Limit(chars=200)] = Field(
        default=None, description="What was agreed."
    )
    date: Annotated[DatePhrase | None, Key(), Anchor()] = Field(default=None, description="When.")
    claims: Claims = Field(
        default_factory=list, description="Who says so, and who denies it: one claim each."
    )


class ExpertAssessment(Item):
    """A judgement, with whoever holds it; ids `x1…`.

    `likelihood` follows from `likelihood_text` where that holds a word of ICD 203.
    """

    id_prefix = "x"

    assessor: Annotated[PartyRef, Key(), Anchor(), NotOf(frozenset({PartyKind.MEDIA}))] = Field(
        description="Who holds the view; never the outlet that reports it."
    )
    affiliation: Annotated[PartyRef | None, FullOnly()] = Field(
        default=None, description="Body that the assessor speaks for."
    )
    type: AssessmentType = Field(description="What is judged.")
    about: Annotated[str | None, FullOnly(), Weight(0.5), Limit(chars=80)] = Field(
        default=None, description="Its subject, in a few words."
    )
    proposition: Annotated[str, FromEvidence(), Key(), Limit(chars=300)] = Field(
        min_length=1, description="The view itself, with its hedges."
    )
    quote_mode: Annotated[QuoteMode | None, FullOnly()] = Field(
        default=None, description="Quoted or paraphrased."
    )
    likelihood_text: Annotated[str | None, FullOnly(), Limit(chars=40)] = Field(
        default=None,
        description="Words of likelihood, as written; “could” and “reportedly” are none.",
    )
    likelihood: Annotated[LikelihoodBand | None, ByCode()] = Field(
        default=None, description="ICD 203 band of those words."
    )
    confidence: Annotated[Confidence | None, FullOnly()] = Field(
        default=None, description="Only if stated."
    )
    realis: Annotated[Realis | None, FullOnly()] = Field(
        default=None, description="Did what is judged happen, or is it only expected?"
    )
    claims: Claims = Field(
        default_factory=list, description="Who passes the view on, or disputes it."
    )

    @model_validator(mode="after")
    def _band_of_the_words(self) -> Self:
        if self.likelihood is None and self.likelihood_text:
            self.likelihood = band(self.likelihood_text)
        return self


class ClaimedMotive(Item):
    """A purpose that somebody ascribes to a party; ids `c1…`."""

    id_prefix = "c"

    motive_of: Annotated[list[PartyRef], Key(), NotSource(), Anchor(), Limit(items=6)] = Field(
        description="Parties whose motive it is."
    )
    motive: Annotated[str, FromEvidence(PURPOSE), Key(), Limit(chars=300)] = Field(
        min_length=1,
        description="The purpose; needs a cue: “aimed at”, “in order to”. No mere effects.",
    )
    category: MotiveCategory | None = Field(default=None, description="What kind of purpose.")
    attributed_by: PartyRef | None = Field(
        default=None, description="Who ascribes it; null for the article itself."
    )
    stance: Annotated[MotiveStance | None, FullOnly()] = Field(
        default=None, description="How that party stands to the other."
    )
    activity: Annotated[ActivityRef | None, FullOnly()] = Field(
        default=None, description="The activity that it explains."
    )
    realis: Annotated[Realis | None, FullOnly()] = Field(
        default=None, description="Did the act that it explains happen?"
    )
    claims: Claims = Field(default_factory=list, description="Who passes it on, or disputes it.")


class SituationSummary(Record):
    """What an article tells of a security situation. Empty lists are an answer.

    Raises a validation error where two items share an id, or, once items have ids, where a
    reference is not the id of an item in its section.
    """

    headline: Annotated[str | None, FromTitle(), Unscored(), Limit(chars=120)] = Field(
        default=None, description="One line: the main development."
    )
    synopsis: Annotated[list[SynopsisSentence], Unscored(), Limit(items=4)] = Field(
        default_factory=list, description="Two to four sentences."
    )
    parties: Annotated[list[Party], Limit(items=24)] = Field(
        default_factory=list,
        description="States, bodies, persons and outlets that the other sections name.",
    )
    military_activities: Annotated[
        list[MilitaryActivity], Limit(items=24), Cued(ACTIVITY, most=8, retold=0.5)
    ] = Field(
        default_factory=list,
        description="Each activity once, under all its names; each line of a strike list.",
    )
    diplomatic_meetings: Annotated[
        list[DiplomaticMeeting], Limit(items=12), Cued(ENCOUNTER, most=5)
    ] = Field(
        default_factory=list,
        description="One per set of participants, time and place; stalled talks are none.",
    )
    expert_assessments: Annotated[
        list[ExpertAssessment], Limit(items=16), Cued(JUDGEMENT, most=5, speaker=True)
    ] = Field(
        default_factory=list, description="Judgements, forecasts and concerns that somebody holds."
    )
    claimed_motives: Annotated[list[ClaimedMotive], Limit(items=12), Cued(PURPOSE, most=3)] = Field(
        default_factory=list, description="Purposes that somebody states or ascribes."
    )

    @model_validator(mode="after")
    def _references_resolve(self) -> Self:
        sections: dict[str, list[Item]] = {
            "parties": [*self.parties],
            "military_activities": [*self.military_activities],
            "diplomatic_meetings": [*self.diplomatic_meetings],
            "expert_assessments": [*self.expert_assessments],
            "claimed_motives": [*self.claimed_motives],
        }
        ids = [item.id for items in sections.values() for item in items if item.id is not None]
        if len(ids) != len(set(ids)):
            raise ValueError("two items have the same id")
        if not ids:
            return self
        known = {section: {item.id for item in items} for section, items in sections.items()}
        for ref, value in references(self):
            if not ref.or_text and value not in known[ref.section]:
                raise ValueError(f"{value!r} is the id of no item in {ref.section}")
        return self
