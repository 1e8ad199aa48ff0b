"""What a gold file holds: a text, what readers found in it, and what they left open.

A document is one JSON file; a suite is a folder with a manifest and one sub-folder per split.
`labels` is the adjudicated record in the public JSON of a schema, and each annotator's own record
stays beside it. Offsets are code points into the text, half-open. Places are JSON Pointers
(RFC 6901) into the labels that they stand beside.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from summarizer.schemas.evidence import Record

SCHEMA_VERSION: Literal["1"] = "1"
"""Version of the gold format. One that is not known is refused."""
POINTER = r"^(/([^/~]|~[01])*)+$"
"""A JSON Pointer to something, not to the whole."""

Sha256 = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"no regular expression: {error}") from None
    if re.search(pattern, ""):
        raise ValueError("a pattern that the empty text matches is told by every text")
    return pattern


def _points(text: str) -> str:
    if not re.fullmatch(POINTER, text):
        raise ValueError(f"{text!r} is no JSON Pointer such as /parties/0/kind")
    return text


Pointer = Annotated[
    str, AfterValidator(_points), WithJsonSchema({"type": "string", "pattern": POINTER})
]
"""A place in the labels, as a JSON Pointer."""
Pattern = Annotated[str, StringConstraints(min_length=1), AfterValidator(_compiles)]
"""A regular expression of Python's `re`, searched for without regard to case."""


class Annotator(Record):
    """Who read an article, or wrote it: a person or a language model, and it is told which."""

    id: Words = Field(description="A name that stays the same from document to document.")
    kind: Literal["person", "language_model"] = Field(description="People's labels win.")
    note: str | None = Field(default=None, description="For a model: which one, asked how.")


class Fact(Record):
    """One thing that a free text has to tell."""

    accept: list[Pattern] = Field(
        min_length=1, description="It is told where any of these is found, in any case."
    )
    reject: list[Pattern] = Field(
        default_factory=list, description="It is not told where any of these is found as well."
    )


class Tolerance(Record):
    """What a reader can honestly leave open, at one place of the labels.

    Raises a validation error where it leaves nothing open, where `dont_care` stands with anything
    else, where an interval is empty, and where what it says fits no one place: an interval is for
    a number, facts are for a text, names for an item.
    """

    at: Pointer = Field(
        description="JSON Pointer into the labels: an item (/parties/0), a field "
        "(/parties/0/kind), a list element (/military_activities/1/actors/0) or an evidence entry "
        "(/parties/0/evidence/1).",
    )
    optional: bool = Field(
        default=False, description="To find it counts neither way, and neither does not to."
    )
    dont_care: bool = Field(
        default=False, description="A field or list element: whatever stands there counts not."
    )
    alternatives: list[Any] = Field(
        default_factory=list,
        description="A field or list element: any of these is as good as the label. Ids, for a "
        "reference.",
    )
    interval: tuple[float | None, float | None] | None = Field(
        default=None, description="A number: any within, ends included; null is an open end."
    )
    facts: list[Fact] = Field(
        default_factory=list, description="A free text: the share of them told is the credit."
    )
    words: int | None = Field(
        default=None,
        ge=1,
        description="With facts: how many words are not too long yet. Half as many again as the "
        "label has, and at least 12, unless set.",
    )
    names: list[Words] = Field(
        default_factory=list, description="An item with names: others that it may go by."
    )
    why: str | None = Field(default=None, description="The reader's reason.")

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        said = [
            name
            for name in ("optional", "dont_care", "alternatives", "interval", "facts", "names")
            if getattr(self, name) not in (False, None, [])
        ]
        if not said:
            raise ValueError("says nothing")
        if self.dont_care and len(said) > 1:
            raise ValueError(f"where nothing counts, {_other(said, 'dont_care')} says nothing more")
        for only in ("interval", "facts", "names"):
            fitting = {only, "optional"} | ({"alternatives"} if only != "names" else set())
            if only in said and not fitting.issuperset(said):
                raise ValueError(f"{only} and {_other(said, *fitting)} fit no one place")
        if self.words is not None and not self.facts:
            raise ValueError("words is the length of a text with facts")
        if self.interval is not None:
            low, high = self.interval
            if low is None and high is None:
                raise ValueError("an interval needs one end at least")
            if low is not None and high is not None and low > high:
                raise ValueError("the interval ends before it starts")
        return self


def _other(said: list[str], *known: str) -> str:
    return next(name for name in said if name not in known)


class Region(Record):
    """A stretch of the text that counts neither way: what is found wholly within it is left out.

    Raises a validation error where it is empty.
    """

    start: int = Field(ge=0, description="Offset of its first character, in code points.")
    end: int = Field(description="Offset after its last character.")
    why: str | None = Field(default=None, description="The reader's reason.")

    @model_validator(mode="after")
    def _is_not_empty(self) -> Self:
        if self.end <= self.start:
            raise ValueError("the region is empty")
        return self


class Annotation(Record):
    """What one annotator found, before it was compared with what others did. It stays as it is."""

    annotator: Annotator
    guidelines: Words | None = Field(
        default=None, description="Edition of the guidelines that the annotator was given."
    )
    labels: dict[str, Any] = Field(description="The record, in the public JSON of the schema.")
    tolerances: list[Tolerance] = Field(default_factory=list)
    regions: list[Region] = Field(default_factory=list)
    note: str | None = Field(default=None, description="What the annotator had to say of it.")


class Ruling(Record):
    """A hard decision of the adjudicator."""

    at: Pointer | None = Field(
        default=None, description="JSON Pointer into the labels, where there is one place."
    )
    ruling: Words = Field(description="What was decided and why, in a sentence.")


class Provenance(Record):
    """Where an article and its labels come from."""

    written_by: Annotator = Field(description="Who wrote the article.")
    adjudicated_by: Annotator | None = Field(
        default=None, description="Who decided where annotators differ."
    )
    created: date
    note: str | None = None


class GoldDocument(Record):
    """An article and its labels: the adjudicated ones, and each annotator's.

    Raises a validation error unless the text is given, here or in a file beside it.
    """

    schema_version: Literal["1"]
    id: Words = Field(description="Unique in its suite.")
    text: str | None = Field(default=None, description="The article.")
    text_file: Words | None = Field(
        default=None, description="In its place: a UTF-8 file, by its path from this one."
    )
    sha256: Sha256 = Field(description="SHA-256 of the text in UTF-8, without byte order mark.")
    language: Words = Field(description="ISO 639 code.")
    published: date | None = Field(default=None, description="What “yesterday” is counted from.")
    title: str | None = None
    publisher: str | None = None
    tags: list[Words] = Field(default_factory=list, description="What the article is a case of.")
    split: Words = Field(description="The folder that it is in, such as dev or test.")
    provenance: Provenance | None = None
    licence: Words | None = Field(default=None, description="SPDX identifier, or a sentence.")
    labels: dict[str, Any] = Field(description="The record, in the public JSON of the schema.")
    tolerances: list[Tolerance] = Field(default_factory=list)
    regions: list[Region] = Field(default_factory=list)
    annotations: list[Annotation] = Field(
        default_factory=list, description="Each annotator's own labels, as they were."
    )
    rulings: list[Ruling] = Field(default_factory=list)

    @model_validator(mode="after")
    def _has_one_text(self) -> Self:
        if (self.text is None) == (self.text_file is None):
            raise ValueError("give the article in text, or in the file text_file: one of the two")
        return self


class ManifestEntry(Record):
    """One document of a suite, as the manifest lists it."""

    id: Words
    split: Words
    path: Words = Field(description="From the folder of the suite, with forward slashes.")
    sha256: Sha256 = Field(description="SHA-256 of the file.")
    language: Words
    words: int = Field(ge=0, description="Words of the text (`texts.words_in`).")
    tags: list[Words] = Field(default_factory=list)


class SplitEntry(Record):
    """What one split of a suite holds, as its manifest sums it up."""

    documents: int = Field(ge=0)
    words: int = Field(ge=0, description="Of all its texts.")
    languages: dict[Words, int] = Field(description="Documents in each language.")
    tags: dict[Words, int] = Field(description="Documents with each tag.")


class Manifest(Record):
    """What a suite is: `manifest.json` in its folder.

    Its `documents` and `splits` are written by `summarizer eval seal`, and its `agreement` by
    `summarizer eval agree --write`; the rest is people's.
    """

    name: Words
    version: Words
    description: Words
    licence: Words
    record: Words = Field(description="Name of the schema that the labels are records of.")
    guidelines: Words = Field(description="Edition of the guidelines that the labels go by.")
    covers: dict[Words, Annotated[int, Field(ge=1)]] = Field(
        default_factory=dict,
        description="For fields with a closed list (`parties.kind`): how often each of its values "
        "is to occur in the suite, at least.",
    )
    splits: dict[Words, SplitEntry] = Field(default_factory=dict)
    documents: list[ManifestEntry] = Field(default_factory=list)
    agreement: dict[str, Any] | None = Field(
        default=None, description="How far the annotators agreed before adjudication."
    )
