"""What is asked of gold that scores are published on, beyond that it holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as day
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from summarizer import Article
from summarizer.evals.comparators import Text
from summarizer.evals.documents import GoldDocument
from summarizer.evals.files import json_of
from summarizer.evals.labelling import Labelling
from summarizer.evals.places import Place, is_text
from summarizer.evals.plan import plan_of
from summarizer.evals.problems import Problem
from summarizer.names import normal_form
from summarizer.schemas import DatePhrase, Evidence
from summarizer.schemas.dating.grammar import WEEKDAYS
from summarizer.schemas.markers import FromEvidence, Key, Verbatim

_STEM, _ENDING = 3, 3
"""A word declined has at least so many of its first letters, and all but so many of them."""


def unfinished(document: GoldDocument, file: Path, schema: type[BaseModel]) -> Iterator[Problem]:
    """What a document lacks: a second annotator, rulings, its provenance or licence."""

    def problem(place: str, message: str) -> Problem:
        return Problem(file, place, message, strict_only=True)

    if document.licence is None:
        yield problem("licence", "is missing")
    if document.provenance is None:
        yield problem("provenance", "is missing")
    elif document.provenance.adjudicated_by is None:
        yield problem("provenance.adjudicated_by", "is missing")
    annotators = [annotation.annotator.id for annotation in document.annotations]
    if len(annotators) < 2:
        yield problem("annotations", f"two readers are asked for, and there are {len(annotators)}")
    if len(set(annotators)) < len(annotators):
        yield problem("annotations", "two are of the same annotator")
    given = [_normal(annotation.labels, schema) for annotation in document.annotations]
    if any(labels != given[0] for labels in given) and not document.rulings:
        yield problem("rulings", "are missing, though annotators differ")


def _normal(labels: dict[str, Any], schema: type[BaseModel]) -> dict[str, Any]:
    try:
        return json_of(schema.model_validate(labels))
    except ValidationError:
        return labels


def loose(labelling: Labelling) -> Iterator[Problem]:
    """What labels leave to chance: sentence numbers of another cut, free text without key facts,
    names that the text doesn't hold, dates for which code finds another EDTF.

    A name or a date of which a ruling speaks is let through.
    """
    ruled = labelling.ruled
    facts = {each.at for each in labelling.tolerances.values() if each.facts}
    for place in labelling.record.walk():
        if place.value is None or labelling.is_free(place):
            continue
        why = (
            _other_sentence(place, labelling.article)
            or (_not_held(place, labelling.article) if place.pointer not in ruled else None)
            or (_not_reached(place, labelling.article) if place.pointer not in ruled else None)
            or (_open(place, labelling) if place.pointer not in facts else None)
        )
        if why:
            yield labelling.in_labels(place, why, strict_only=True)


def _other_sentence(place: Place, article: Article) -> str | None:
    match place.value:
        case {"sentence": int(number), "start": int(start), "end": int(end)} if (
            place.kind is Evidence
        ):
            if not 1 <= number <= article.sentence_count:
                return f"there is no sentence {number}"
            if article.span(number) != (start, end):
                return f"sentence {number} is not from {start} to {end}"
    return None


def _not_held(place: Place, article: Article) -> str | None:
    named = place.marked(Verbatim) is not None or is_label(place)
    if not named or not is_text(place) or not isinstance(place.value, str):
        return None
    if _holds(article, place.value):
        return None
    told = "; if it is no official one, dont_care" if is_label(place) else ""
    return f"the name {place.value!r} is not in the text{told}"


def _holds(article: Article, words: str) -> bool:
    # A name may stand across what was cut into two sentences, after an abbreviation.
    whole = f" {normal_form(article.text)} "
    if article.sentences_holding(words) or f" {normal_form(words)} " in whole:
        return True
    return article.language != "en" and _declined(words, whole)


def _declined(name: str, whole: str) -> bool:
    """Whether each word of a name stands in the text with another ending."""
    words = set(whole.split())
    return all(
        any(word.startswith(stem) for word in words)
        for stem in (word[: max(_STEM, len(word) - _ENDING)] for word in normal_form(name).split())
    )


def _not_reached(place: Place, article: Article) -> str | None:
    if place.model is None or not issubclass(place.model, DatePhrase):
        return None
    try:
        date = place.model.model_validate(place.value)
    except ValidationError:
        return None
    found = date.resolved(article.published).edtf
    # Code reads ISO and English; a reader's date for another language's phrase stands.
    if date.edtf is None or found is None or date.edtf == found:
        return None
    if date.edtf in _on_the_other_side(date, article.published):
        return None
    return f"code makes {found} of {date.text!r}, and not {date.edtf}"


def _on_the_other_side(date: DatePhrase, published: day | None) -> set[str | None]:
    """Where a phrase would lie whose tense, which code doesn't know, tells the side: "on Friday"
    the next one, "in May" that of the year before or after."""
    if published is None:
        return set()
    weekday = any(name in date.text.lower() for name in WEEKDAYS)
    steps = [timedelta(7)] if weekday else [timedelta(365), timedelta(-365)]
    return {date.resolved(published + step).edtf for step in steps}


def _open(place: Place, labelling: Labelling) -> str | None:
    if not is_text(place) or not isinstance(place.value, str):
        return None
    plan = plan_of(labelling.schema)
    field = plan.at(place.pointer)
    at_top = place.pointer.split("/")[1] not in plan.sections
    if field is None or at_top or not isinstance(field.comparator, Text):
        return None
    # Of a few words of the article's own everyone writes the same, and an item's main text is
    # asked for in words of one's own.
    own = place.marked(FromEvidence) is not None or place.marked(Key) is not None
    if not own and _holds(labelling.article, place.value):
        return None
    return "free text without key facts"


def is_label(place: Place) -> bool:
    """Whether it is what an item is called by: a name of its own, or words that make one up."""
    return (
        is_text(place)
        and place.marked(Key) is not None
        and place.marked(Verbatim) is None
        and place.marked(FromEvidence) is None
    )
