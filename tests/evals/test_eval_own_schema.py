"""Schemas of one's own, from a draft to a score."""

from __future__ import annotations

import json
import re
import runpy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from gold_files import annotator, write
from pydantic import BaseModel, Field

from summarizer.evals.agreement import agreement
from summarizer.evals.labelled import Labelled
from summarizer.evals.lint import lint
from summarizer.evals.scoring import Scorer
from summarizer.evals.sealing import seal
from summarizer.evals.suites import load_suite
from summarizer.schemas import SituationSummary

ROOT = Path(__file__).parents[2]
TEXT = "Varland shelled Tessin on Monday. Varland denies it. The Orvian Mission watches the truce."


def of_the_example() -> type[BaseModel]:
    """The class of examples/own_schema.py."""
    found: type[BaseModel] = runpy.run_path(str(ROOT / "examples" / "own_schema.py"))[
        "CeasefireReport"
    ]
    return found


def of_the_readme() -> type[BaseModel]:
    """The class that stands in the README, without the call below it."""
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(
        r"```python\n(from typing import.*?class Ceasefire.*?)\n\nwith ", page, re.S
    )
    names: dict[str, Any] = {"__name__": __name__}
    exec(compile(code, "README.md", "exec", dont_inherit=True), names)  # our own
    found: type[BaseModel] = names["Ceasefire"]
    return found


def labels_of_the_example(blamed: str = "Varland") -> dict[str, Any]:
    return {
        "sides": [
            {"name": "Varland", "role": "belligerent", "evidence": [1]},
            {"name": "Orvian Mission", "role": "monitor", "evidence": [3]},
        ],
        "incidents": [
            {
                "violation": "shelling",
                "blamed": [blamed],
                "denied_by": ["Varland"],
                "evidence": [1, 2],
            }
        ],
    }


def labels_of_the_readme(blamed: str = "Varland") -> dict[str, Any]:
    return {
        "sides": [
            {"name": "Varland", "evidence": [1]},
            {"name": "Orvian Mission", "evidence": [3]},
        ],
        "incidents": [{"what": "shelled Tessin", "blamed": [blamed], "evidence": [1]}],
    }


CASES = [
    pytest.param(of_the_example, labels_of_the_example, id="example"),
    pytest.param(of_the_readme, labels_of_the_readme, id="README"),
]


def gold(folder: Path, schema: type[BaseModel], labels: dict[str, Any], **changes: Any) -> Path:
    """A suite of one draft, labelled by two readers alike."""
    opinions = [{"annotator": annotator(name), "labels": labels} for name in ("r1", "r2")]
    draft = {"text": TEXT, "language": "en", "labels": labels, "annotations": opinions, **changes}
    manifest = {
        "name": "truce",
        "version": "1",
        "description": "Ceasefires.",
        "licence": "Apache-2.0",
        "record": schema.__name__,
        "guidelines": "1",
    }
    write(folder / "manifest.json", manifest)
    write(folder / "dev" / "one.json", json.loads(json.dumps(draft)))
    return folder


@pytest.mark.parametrize(("schema_of", "labels_of"), CASES)
def test_a_schema_without_ids_goes_from_the_draft_to_the_score(
    schema_of: Any, labels_of: Any, tmp_path: Path
) -> None:
    schema = schema_of()
    path = gold(tmp_path / "truce", schema, labels_of())
    assert seal(path, schema).problems == ()
    assert lint(path, schema).problems == ()
    (document,) = load_suite(path, schema).documents
    scorer = Scorer(schema)
    (both, dev) = agreement([document], scorer).tables
    assert both.overall.value.score == dev.overall.value.score == 1
    own = Labelled(document.labels.record, document.article.text)
    other = document.labels.record.model_copy(deep=True)
    other.incidents[0].blamed = ["Orvian Mission"]
    found = scorer.score(own, Labelled(other, document.article.text), id="one")
    assert found.fields["incidents.blamed"].mass.value == 0
    assert found.fields["sides.name"].mass.value == 2


@pytest.mark.parametrize(("schema_of", "labels_of"), CASES)
def test_a_name_that_no_item_has_is_refused_where_items_have_no_ids(
    schema_of: Any, labels_of: Any, tmp_path: Path
) -> None:
    path = gold(tmp_path / "truce", schema_of(), labels_of("Orvia"), annotations=[])
    (problem,) = seal(path, schema_of()).problems
    assert problem.place == "labels/incidents/0/blamed/0"
    assert problem.message == "'Orvia' is the name of no item in sides"


def test_a_name_may_be_written_with_its_title_or_article(tmp_path: Path) -> None:
    labels = labels_of_the_example("the Orvian Mission")
    path = gold(tmp_path / "truce", of_the_example(), labels)
    assert seal(path, of_the_example()).problems == ()


def test_items_with_ids_are_referred_to_by_them_alone(tmp_path: Path) -> None:
    labels = {
        "parties": [{"id": "p1", "name": "Varland", "kind": "state"}],
        "claimed_motives": [
            {"id": "c1", "motive_of": ["Varland"], "motive": "to deter", "evidence": [2]}
        ],
    }
    path = gold(tmp_path / "truce", SituationSummary, labels, annotations=[])
    (problem,) = seal(path).problems
    assert problem.message == "'Varland' is the id of no item in parties"


def test_a_key_that_the_schema_would_pass_over_is_refused_and_not_lost(tmp_path: Path) -> None:
    labels = labels_of_the_readme()
    labels["incidents"][0]["blame"] = ["Varland"]
    labels["side"] = []
    path = gold(tmp_path / "truce", of_the_readme(), labels, annotations=[])
    before = (path / "dev" / "one.json").read_bytes()
    told = [f"{each.place}: {each.message}" for each in seal(path, of_the_readme()).problems]
    assert told == [
        "labels: 'side' is no field of Ceasefire",
        "labels/incidents/0/blame: Extra inputs are not permitted",
    ]
    assert (path / "dev" / "one.json").read_bytes() == before


def test_labels_of_another_schema_are_one_line(tmp_path: Path) -> None:
    path = gold(tmp_path / "truce", of_the_example(), labels_of_the_example())
    assert seal(path, of_the_example()).problems == ()
    told = [str(problem) for problem in lint(path / "dev", SituationSummary).problems]
    (line,) = told
    assert "labels: are of another schema than SituationSummary, which has no sides, inc" in line


@pytest.mark.parametrize(
    ("what", "asked"), [("guns fired on a town", True), ("shelled Tessin", False)]
)
def test_key_facts_are_asked_for_free_text_that_is_not_the_articles_own(
    what: str, *, asked: bool, tmp_path: Path
) -> None:
    schema, labels = of_the_readme(), labels_of_the_readme()
    labels["incidents"][0]["what"] = what
    path = gold(tmp_path / "truce", schema, labels)
    assert seal(path, schema).problems == ()
    found = {problem.place: problem.message for problem in lint(path, schema, strict=True).problems}
    assert ("labels/incidents/0/what" in found) is asked
    assert found.get("labels/incidents/0/what", "") in ("", "free text without key facts")


class Bill(BaseModel):
    """What something costs."""

    amount: Decimal | None = None
    share: int | float | None = None
    items: list[int] = Field(default_factory=list)


class Bills(BaseModel):
    """Bills."""

    bills: list[Bill] = Field(default_factory=list)


@pytest.mark.parametrize(
    ("at", "interval", "why"),
    [
        ("amount", [5, 6], None),
        ("amount", [6, None], "does not lie in the interval"),
        ("share", [0, 1], None),
        ("share", [1, 2], "does not lie in the interval"),
        ("items/0", [1, 2], None),
        ("items", [1, 2], "an interval is for a number"),
    ],
)
def test_an_interval_is_for_a_number_of_any_type(
    at: str, interval: list[int | None], why: str | None, tmp_path: Path
) -> None:
    labels = {"bills": [{"amount": "5.50", "share": 0.5, "items": [1]}]}
    left_open = [{"at": f"/bills/0/{at}", "interval": interval}]
    path = gold(tmp_path / "bills", Bills, labels, annotations=[], tolerances=left_open)
    told = [problem.message for problem in seal(path, Bills).problems]
    assert len(told) == (why is not None)
    assert (why or "") in "".join(told)
