"""The report of a run, and of two, read by a parser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import pytest
from commands import Invoke
from eval_runs import labels_of, stored
from gold_files import draft, suite, write
from html_reader import Reader
from pydantic import BaseModel
from report_runs import SCORER, hostile, worse

from summarizer import Evidence, Naming, Ref, Unscored
from summarizer.evals.causes import Cause
from summarizer.evals.report.pages import comparison_page, run_page
from summarizer.evals.report.wording import MEANINGS
from summarizer.evals.runs import Run
from summarizer.evals.scoring import Scorer
from summarizer.evals.sealing import seal
from summarizer.evals.suites import Suite, load_suite

FAILED = {"type": "EndpointTimeout", "message": "No answer.", "retryable": True}


def test_every_link_leads_to_an_id_that_exists_once(shown: str, compared: str) -> None:
    for page in (shown, compared):
        read = Reader(page)
        ids = read.all("id")
        assert len(ids) == len(set(ids))
        links = read.all("href")
        assert len(links) > 100
        assert {link.removeprefix("#") for link in links} <= set(ids)


def test_the_page_is_whole_and_asks_for_nothing(shown: str, compared: str) -> None:
    for page in (shown, compared):
        read = Reader(page)
        tags = {tag for tag, _ in read.elements}
        assert not {"img", "link", "iframe", "object", "embed", "base", "form", "use"} & tags
        names = {name for _, attributes in read.elements for name in attributes}
        assert not {"src", "style", "srcset", "xlink:href"} & names
        assert all(link.startswith("#") for link in read.all("href"))
        assert "url(" not in read.raw["style"]
        assert "@import" not in read.raw["style"]
        (policy,) = (each for each in read.all("content") if "default-src" in each)
        assert policy.startswith("default-src 'none'; style-src 'sha256-")


def test_every_document_and_every_item_of_either_side_is_there(
    gold: Suite[Any], poor: Run, shown: str
) -> None:
    ids = set(Reader(shown).all("id"))
    for number, document in enumerate(gold.documents):
        name = f"{document.gold.split}/{document.gold.id}"
        assert re.search(rf'id="d{number}-top".*?<h3>{name}</h3>', shown)
        prediction = poor.predictions[document.gold.split, document.gold.id, 1]
        sides = (("g", labels_of(document)), ("a", prediction.summary or {}))
        for key, labels in sides:
            for section in SCORER.plan.sections:
                for place in range(len(labels.get(section, []))):
                    assert f"d{number}-{key}-at-{section}-{place}" in ids


def test_each_sentence_is_marked_by_the_sides_that_cite_it(shown: str) -> None:
    ids = set(Reader(shown).all("id"))
    assert {"d0-g-s2", "d0-g-s4", "d0-a-s4", "d0-a-s1"} <= ids
    assert not [each for each in ids if each.startswith("d2-a-s")], "there is no record"


def test_values_stand_beside_those_of_the_gold_with_verdict_and_cause(shown: str) -> None:
    text = Reader(part(shown, "d0-g-at-military_activities-0")).text
    assert "typejoint exercise" in text
    assert "✕ incorrect · value" in text
    assert "actorsOstrava − missing · field" in text
    assert "quantities min1212 ✓ correct" in text


def part(page: str, id_: str) -> str:
    """What stands from an id to the next item, as elements that are closed."""
    rest = page[page.rindex("<", 0, page.index(f'id="{id_}"')) :]
    return rest[: rest.index("</table></div>") + len("</table></div>")]


def test_what_the_gold_does_not_have_is_told_by_kind(shown: str) -> None:
    text = Reader(shown).text
    assert "Spurious: unlabelled 1" in text
    assert "Spurious: ungrounded 1" in text
    assert "− missing · item" in text


def test_every_cause_is_explained() -> None:
    assert set(MEANINGS) == set(Cause)


def test_failed_documents_are_named_with_why(shown: str) -> None:
    text = Reader(shown).text
    assert "Failed: 1 document without a record" in text
    assert text.count("Refused: The model declined.") == 2


def test_scores_are_drawn_with_their_intervals(shown: str, compared: str) -> None:
    for page in (shown, compared):
        read = Reader(page)
        classes = [attributes.get("class") for _, attributes in read.elements]
        assert classes.count("rp-range") > 5
        assert classes.count("rp-point") >= classes.count("rp-range")
    assert re.search(r"0\.\d\d \[0\.\d\d, \d\.\d\d\] n 4", Reader(shown).text)


def test_the_signature_is_there(gold: Suite[Any], shown: str, compared: str) -> None:
    assert shown.count("slotF|gate:type+anchor") == 1
    assert compared.count("slotF|gate:type+anchor") == 2


def test_a_comparison_names_losses_with_links_to_them(compared: str) -> None:
    read = Reader(compared)
    assert "Gains (0)" in read.text
    links = [a["href"] for tag, a in read.elements if tag == "a"]
    assert "#d0-g-at-claimed_motives-0" in links
    assert "− lost" in read.text
    assert "↓ worse" in read.text
    assert {"d0-a-at-parties-0", "d0-b-at-parties-0"} <= set(read.all("id"))


def test_of_repeats_each_is_shown(tmp_path: Path, gold: Suite[Any], good: Run) -> None:
    twice = stored(tmp_path / "twice", gold, [{}, {"dev/one": worse(gold)}])
    read = Reader(run_page(twice, gold, SCORER))
    assert "dev/one #1" in read.text
    assert "dev/one #2" in read.text
    both = Reader(comparison_page(good, twice, gold, SCORER))
    assert len(both.all("data-prefix")) == 8
    ids = set(both.all("id"))
    assert {link.removeprefix("#") for link in both.all("href")} <= ids


class Ship(BaseModel):
    id: str
    name: Annotated[str, Naming()]
    evidence: list[Evidence] = []


class Harbour(BaseModel):
    place: str
    tide: float | None = None
    ships: list[Ship] = []
    crews: Annotated[list[Ship], Unscored()] = []
    waits_for: Annotated[list[str], Ref("crews")] = []


def test_of_a_schema_of_ones_own_what_stands_at_the_top_is_shown_too(tmp_path: Path) -> None:
    ships = [{"id": "s1", "name": "Veldmark", "evidence": [1]}]
    crews = [{"id": "c1", "name": "Toll", "evidence": [2]}]
    labels = {"place": "Norvik", "tide": 2.0, "ships": ships, "crews": crews, "waits_for": ["c1"]}
    content = draft(labels=labels, tolerances=None, annotations=None, regions=None)
    for name in ("one", "two"):
        write(tmp_path / "ports" / "dev" / f"{name}.json", content)
    suite(tmp_path / "ports")
    assert not seal(tmp_path / "ports", Harbour).problems
    gold = load_suite(tmp_path / "ports", Harbour)
    changed = {**labels_of(gold.documents[0]), "place": "Suvold", "ships": []}
    run = stored(tmp_path / "run", gold, {"dev/one": changed, "dev/two": None}, record="Harbour")
    for page in (
        run_page(run, gold, Scorer(Harbour)),
        comparison_page(run, run, gold, Scorer(Harbour)),
    ):
        read = Reader(page)
        assert "placeNorvikSuvold ✕ incorrect" in read.text
        assert "tide22 ✓ correct" in read.text
        assert {link.removeprefix("#") for link in read.all("href")} <= set(read.all("id"))


def test_one_split_alone_can_be_shown(gold: Suite[Any], poor: Run) -> None:
    read = Reader(run_page(poor, gold, SCORER, split="test"))
    assert read.all("data-prefix") == ["d0-"]
    assert "split test" in read.text


PAYLOADS = [
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x=\'',
    "<!-- --><svg/onload=alert(1)>",
    "&lt;b&gt; &amp;",
    "{{ 7 * 7 }} {% raise %}",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_from_anywhere_stays_text(tmp_path: Path, payload: str) -> None:
    gold, run = hostile(tmp_path / "hostile", payload)
    harmless = hostile(tmp_path / "harmless", "nothing to see")
    for page, base in (
        (run_page(run, gold, SCORER), run_page(harmless[1], harmless[0], SCORER)),
        (
            comparison_page(run, run, gold, SCORER),
            comparison_page(harmless[1], harmless[1], harmless[0], SCORER),
        ),
    ):
        read, plain = Reader(page), Reader(base)
        assert {tag for tag, _ in read.elements} == {tag for tag, _ in plain.elements}
        assert [tag for tag, _ in read.elements].count("script") == 1
        names = {name for _, attributes in read.elements for name in attributes}
        assert names == {name for _, attributes in plain.elements for name in attributes}
        assert read.text.count(payload) >= 15


def test_the_command_writes_a_run_and_a_comparison(
    tmp_path: Path, gold: Suite[Any], good: Run, poor: Run
) -> None:
    folder = tmp_path / "drills"
    target = tmp_path / "page.html"
    done = Invoke()("eval", "report", good.path, "-o", target, "--suite", folder)
    assert (done.exit_code, done.stdout) == (0, "")
    assert target.read_text(encoding="utf-8") == run_page(good, gold, SCORER)
    done = Invoke()("eval", "report", good.path, poor.path, "--suite", folder, "--split", "dev")
    assert done.exit_code == 0
    assert done.stdout == comparison_page(good, poor, gold, SCORER, split="dev")
    assert done.stderr == ""


def test_the_command_says_what_a_comparison_leaves_out(
    tmp_path: Path, gold: Suite[Any], good: Run
) -> None:
    few = stored(tmp_path / "few", gold, documents=["dev/one", "dev/two"]).path
    folder, target = tmp_path / "drills", tmp_path / "page.html"
    done = Invoke()("eval", "report", good.path, few, "--suite", folder, "-o", target)
    assert done.exit_code == 0
    assert f"Documents of {good.path} that {few} lacks, and that are left out: " in done.stderr


def test_what_is_no_run_is_wrong_usage(tmp_path: Path) -> None:
    done = Invoke()("eval", "report", tmp_path, "-o", tmp_path / "page.html")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "is no run" in done.stderr
    assert not (tmp_path / "page.html").exists()
