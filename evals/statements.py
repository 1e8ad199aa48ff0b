"""Frozen statements: items that models wrote, each read and found supported or not.

A statement is one line of JSON. What was written about an article of the gold is kept as it is. Of
an article that is not part of this repository nothing is kept: `statements_parts` tells its words
by their offsets, and a folder with the article is needed to read the statement.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from summarizer import Article
from summarizer.errors import InputError
from summarizer.evals.documents import Sha256, Words
from summarizer.evals.edits import put, references
from summarizer.evals.files import read_text
from summarizer.evals.folders import suite_folder
from summarizer.evals.statements_parts import parted, parted_item, whole, whole_item
from summarizer.evals.suites import load_suite
from summarizer.schemas import SituationSummary
from summarizer.schemas.evidence import Record

FOLDER = Path(__file__).parent / "trust"
STATEMENTS = FOLDER / "statements.jsonl"
CORPUS = "SUMMARIZER_CORPUS"
"""The environment variable that names the folder with the texts of articles kept elsewhere."""
CORPUS_SOURCE = "corpus"
"""How the source of a statement about such an article begins."""
Fault = Literal[
    "number", "unit", "negation", "plan", "name", "role", "date", "place", "source", "type",
    "text", "evidence",
]  # fmt: skip
"""What is wrong with an item; `plan`: told as done and only planned, or the other way about;
`role`: a right name in a wrong part; `text`: a proposition or motive that says something else."""
Text = str | list[tuple[int, int] | str]
"""A text, or the parts that it is made of; see `statements_parts.Parts`."""


class Made(Record):
    """How an item was made."""

    model: Words
    strategy: Words
    size: Literal["core", "full"]


class Verdict(Record):
    """What one reader found."""

    reader: Words = Field(description="A name that stays the same; the README tells who it is.")
    supported: bool
    kinds: list[Fault] = Field(default_factory=list)
    fields: list[Words] = Field(default_factory=list, description="Names of the wrong fields.")
    why: Text = ""


class Statement(Record):
    """One item with its verdict, in full or in parts of its article."""

    id: Words
    document: Words = Field(description="The id of a gold document, or the name of a file.")
    sha256: Sha256 = Field(description="Of the article's text in UTF-8.")
    source: Words = Field(
        description="situations/dev or situations/test; corpus, or a part such as corpus/report."
    )
    language: Words
    published: str | None = None
    made: Made
    section: Words = Field(description="The section of the record that the item is in.")
    item: dict[str, Any] = Field(
        description="Its public JSON, without id: references are names, evidence is numbers."
    )
    parties: list[dict[str, Any]] = Field(
        default_factory=list,
        description="The parties that it refers to, as far as they are told; likewise.",
    )
    cited: list[tuple[int, int, int]] = Field(
        description="Each cited sentence: its number, and its offsets in the text."
    )
    supported: bool = Field(description="The verdict that counts.")
    kinds: list[Fault] = Field(default_factory=list)
    why: Text = ""
    readers: list[Verdict] = Field(default_factory=list)

    def in_parts(self, article: Article) -> Statement:
        """The same without a word of its article."""
        return self._with(
            item=parted_item(self.section, self.item, article.text),
            parties=[parted_item("parties", each, article.text) for each in self.parties],
            texts=lambda text: parted(text, article.text) if isinstance(text, str) else text,
        )

    def in_full(self, article: Article) -> Statement:
        """The same with the words of its article. Raises ValueError where they don't fit it."""
        return self._with(
            item=whole_item(self.section, self.item, article.text),
            parties=[whole_item("parties", each, article.text) for each in self.parties],
            texts=lambda text: whole(text, article.text),
        )

    def _with(
        self, item: dict[str, Any], parties: list[dict[str, Any]], texts: Callable[[Text], Text]
    ) -> Statement:
        verdicts = [each.model_copy(update={"why": texts(each.why)}) for each in self.readers]
        changed = {"item": item, "parties": parties, "why": texts(self.why), "readers": verdicts}
        return self.model_copy(update=changed)


@dataclass(frozen=True)
class Read:
    """A statement in full, with its article."""

    statement: Statement
    article: Article

    @property
    def pointer(self) -> str:
        """Where the item stands in the record."""
        return f"/{self.statement.section}/0"

    def record(self) -> SituationSummary:
        """A record of this one item and the parties that it refers to, by their first mentions."""
        labels: dict[str, Any] = {"parties": [], self.statement.section: [self.statement.item]}
        labels = deepcopy(labels)
        cited = {number: self._receipt(start, end) for number, start, end in self.statement.cited}
        item = labels[self.statement.section][0]
        for holder in (item, *item.get("claims", ())):
            holder["evidence"] = [cited[number] for number in holder["evidence"]]
        item["id"] = f"{_PREFIXES[self.statement.section]}1"
        ids: dict[str, str] = {}
        for party in self._parties(labels):
            ids |= dict.fromkeys([party["name"], *party.get("aliases", ())], party["id"])
            labels["parties"].append(party)
        for ref, place in references(SituationSummary, labels):
            if ref.section != "parties":
                # Only the item itself is kept, and not the other that it refers to.
                put(labels, place.pointer, None)
            elif place.value in ids:
                put(labels, place.pointer, ids[place.value])
        return SituationSummary.model_validate(labels)

    def _parties(self, labels: dict[str, Any]) -> Iterator[dict[str, Any]]:
        told = {each["name"]: each for each in self.statement.parties}
        known = {
            name for each in told.values() for name in (each["name"], *each.get("aliases", ()))
        }
        named = [
            place.value
            for ref, place in references(SituationSummary, labels)
            if ref.section == "parties" and not ref.or_text
        ]
        missing = {name: {"name": name} for name in named if name not in known}
        first = labels[self.statement.section][0]["evidence"][:1]
        for number, party in enumerate([*told.values(), *missing.values()], 1):
            held = self.article.sentences_holding(party["name"])
            mentions = [self._receipt(*self.article.span(each)) for each in held[:1]]
            plain = {key: value for key, value in party.items() if key != "member_of"}
            yield {**plain, "id": f"p{number}", "evidence": mentions or first}

    def _receipt(self, start: int, end: int) -> dict[str, Any]:
        starts = [each for each, _ in self.article.sentences]
        number = max(1, bisect_right(starts, start))
        quote = self.article.text[start:end]
        return {"sentence": number, "start": start, "end": end, "quote": quote}


_PREFIXES = {
    "military_activities": "a",
    "diplomatic_meetings": "m",
    "expert_assessments": "x",
    "claimed_motives": "c",
}


def stored(path: Path = STATEMENTS) -> list[Statement]:
    """The statements in a file, as they are kept. Raises `InputError` for a line that is none."""
    found = []
    for number, line in enumerate(read_text(path).splitlines(), 1):
        try:
            found.append(Statement.model_validate_json(line))
        except ValidationError as error:
            problem = error.errors()[0]["msg"]
            raise InputError(f"{path}, line {number}: is no statement: {problem}") from None
    return found


def load(path: Path = STATEMENTS, corpus: Path | None = None) -> list[Read]:
    """The statements in a file that can be read, in full.

    `corpus` is the folder with the articles that are kept elsewhere, which `SUMMARIZER_CORPUS`
    names if it isn't given; without one, the statements of those articles are left out. Raises
    `InputError` where an article is not the one that was read.
    """
    folder = corpus or (Path(os.environ[CORPUS]) if os.environ.get(CORPUS) else None)
    suite = load_suite(suite_folder("situations"), SituationSummary)
    articles = {document.gold.id: document.article for document in suite.documents}
    found = []
    for statement in stored(path):
        article = articles.get(statement.document)
        if statement.source.startswith(CORPUS_SOURCE):
            article = _article(statement, folder) if folder is not None else None
            if article is None:
                continue
        if article is None or article.sha256 != statement.sha256:
            raise InputError(
                f"{statement.id}: {statement.document} is not the article that was read.",
                hint=f"{CORPUS} names the folder with the texts as they were then.",
            )
        found.append(Read(statement.in_full(article), article))
    return found


def _article(statement: Statement, folder: Path) -> Article:
    name = statement.document
    places = (folder / name, folder / f"{name}.txt", folder / "texts" / f"{name}.txt")
    file = next((each for each in places if each.is_file()), places[-1])
    return Article.from_text(
        read_text(file), id=name, language=statement.language, published=statement.published
    )
