"""Who says so: the sources that stand behind an item, or against it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from summarizer.schemas.evidence import Cited, Record
from summarizer.schemas.markers import Limit, PartyOrText, Weight
from summarizer.schemas.vocabularies import ClaimStatus, SourceKind


class Attribution(Record):
    """One link in the chain of transmission."""

    source: PartyOrText = Field(
        min_length=1, description="Who passes it on: a party, or the article's words for it."
    )
    kind: Annotated[SourceKind | None, Weight(0.5)] = Field(
        default=None, description="What kind of source that is."
    )
    cue: Annotated[str | None, Weight(0.5), Limit(chars=60)] = Field(
        default=None, description="The words that attribute it, such as “according to”."
    )


class Claim(Record):
    """How one source stands to the item that carries the claim.

    An empty `attribution` is the article's own voice. An assertion and its denial are two claims
    of one item.
    """

    status: ClaimStatus = Field(description="How the source stands to it.")
    attribution: Annotated[list[Attribution], Limit(items=4)] = Field(
        default_factory=list,
        description="Chain of sources, nearest the reader first; empty for the narrator.",
    )
    evidence: Cited = Field(min_length=1, description="Numbers of the sentences that make it.")
