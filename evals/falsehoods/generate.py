"""False items made of supported ones: one change each, which a careful reader would not let pass.

What a checker sees is a record in which all is right but one item. The words that are put in come
from lists of this package, which no checker may read. A change is left out where what it puts in is
as good as what was there, an alias of it, or stands in the sentences that the item cites.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import chain
from random import Random
from typing import Any, Literal

from summarizer.evals.edits import setting
from summarizer.evals.falsehoods import bearers, rewordings, values
from summarizer.evals.falsehoods.items import COPIED, LABELLED, Change, Item, Json, items
from summarizer.evals.suites import Document
from summarizer.schemas import SituationSummary

Maker = Callable[[Item, Random], Iterable[Change]]
MAKERS: Mapping[str, tuple[Maker, ...]] = {
    "number": (values.recounted, rewordings.reworded_numbers),
    "unit_or_qualifier": (values.remeasured, rewordings.reworded_measures),
    "negation": (values.denied_values, rewordings.denied),
    "tense_or_plan": (values.shifted_values, rewordings.shifted),
    "name": (
        bearers.renamed_parties,
        bearers.recast,
        values.replaced,
        rewordings.renamed,
    ),
    "date": (values.redated_values, rewordings.redated),
    "source": (bearers.misattributed,),
    "swap_name": (bearers.swapped_parties, values.swapped_places, rewordings.swapped_names),
    "swap_date": (values.swapped_date_values, rewordings.swapped_dates),
    "reversal": (bearers.reversed_parties, rewordings.reversed_names),
}
KINDS: tuple[str, ...] = tuple(MAKERS)
"""What is changed: something to a thing from outside the article, or (`swap_…`) to one of the
article that the cited sentences don't hold, or (`reversal`) to one that they do hold."""
LANGUAGES = ("en", "fr", "ru")
"""Languages of articles whose words for numbers, days and denials are known here."""
PER_ITEM = 5
"""How many changes of a kind are made of one item at most; each is in a record of its own."""


@dataclass(frozen=True)
class Falsehood:
    """A record with one item that is false."""

    document: str
    """The id of the gold document."""
    language: str
    """That of the article."""
    kind: str
    item: str
    """JSON Pointer to the item that is false."""
    path: str
    """JSON Pointer to what was changed in it."""
    before: Any
    after: Any
    record: Json
    """The public JSON: all is as in `supported` of the document but this item. Not to be changed:
    what it has in common with other records is one object."""
    added: str | None = None
    """JSON Pointer to the party that a reference was changed to, where the article has none such:
    the record has to hold it."""

    @property
    def place(self) -> Literal["copy", "text", "field"]:
        """Where the change is: in a text that was a sentence of the article as it stands, in one
        that a reader wrote, or in a field."""
        section, _, name = self.path.split("/")[1:4]
        if name in COPIED:
            return "copy"
        return "text" if section != "parties" and name in LABELLED else "field"


def falsehoods(
    document: Document[SituationSummary],
    kinds: Sequence[str] = KINDS,
    seed: int = 0,
    per_item: int = PER_ITEM,
) -> Iterator[Falsehood]:
    """The false items that are made of a document, section by section; the same for the same seed.

    Of what can be changed in an item, `per_item` changes of each kind are drawn, or all there are.
    Of articles in none of `LANGUAGES` nothing is made. Raises KeyError for a kind that is none of
    `KINDS`.
    """
    if document.gold.language not in LANGUAGES:
        return
    for item in items(document):
        for kind in kinds:
            chance = Random(f"{seed} {document.gold.id} {kind} {item.pointer}")  # noqa: S311  # no secret
            found = list(chain.from_iterable(make(item, chance) for make in MAKERS[kind]))
            distinct = {json.dumps([each.path, each.after], sort_keys=True): each for each in found}
            changes = [each for each in distinct.values() if each.after != each.before]
            chance.shuffle(changes)
            for change in changes[:per_item]:
                yield _made(item, kind, change)


def _made(item: Item, kind: str, change: Change) -> Falsehood:
    # What is as it was is shared by all records of a document.
    record = {**item.record, item.section: [*item.record[item.section]]}
    record[item.section][item.index] = deepcopy(item.data)
    setting(change.values)(record)
    added = None
    if change.party is not None:
        added = f"/parties/{len(record['parties'])}"
        record["parties"] = [*record["parties"], deepcopy(change.party)]
    gold = item.document.gold
    return Falsehood(
        gold.id, gold.language, kind, item.pointer, change.path, change.before, change.after,
        record, added,
    )  # fmt: skip
