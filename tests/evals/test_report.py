"""The report of a run, and of two: read by a parser, and clicked through in a browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import pytest
from browsing import CONTRASTS, PHONE, WIDE, Open, in_view
from commands import Invoke
from eval_runs import drills, labels_of, stored
from gold_files import TEXT, draft, suite, write
from html_reader import Reader
from pydantic import BaseModel

from summarizer import Evidence, Naming, Ref, Unscored
from summarizer.evals.causes import Cause
from summarizer.evals.report.pages import comparison_page, run_page
from summarizer.evals.report.wording import MEANINGS
from summarizer.evals.runs import Run
from summarizer.evals.scoring import Scorer
from summarizer.evals.sealing import seal
from summarizer.evals.suites import Suite, load_suite
from summarizer.schemas import SituationSummary

if TYPE_CHECKING:
    from playwright.sync_api import Page

Labels = dict[str, Any]
SCORER = Scorer(SituationSummary)
FAILED = {"type": "EndpointTimeout", "message": "No answer.", "retryable": True}


@pytest.fixture
def gold(tmp_path: Path) -> Suite[SituationSummary]:
    return drills(tmp_path / "drills", ["one", "two", "three"], ["four"])


def receipt(text: str, quote: str, sentence: int) -> Labels:
    start = text.index(quote)
    return {"sentence": sentence, "start": start, "end": start + len(quote), "quote": quote}


def worse(suite: Suite[Any]) -> Labels:
    """The gold of the first document with an item lost, one moved, one altered, two made up."""
    document = suite.documents[0]
    labels = labels_of(document)
    labels["claimed_motives"] = []
    activity = labels["military_activities"][0]
    activity["type"] = "national_exercise"
    activity["actors"] = ["p1"]
    text = document.article.text
    labels["parties"] += [
        {"id": "p8", "name": "Clear Water", "evidence": [receipt(text, TEXT.split(".")[0], 1)]},
        {"id": "p9", "name": "Nordmark", "evidence": [receipt(text, "Toll warned", 4)]},
    ]
    return labels


@pytest.fixture
def good(tmp_path: Path, gold: Suite[Any]) -> Run:
    return stored(tmp_path / "good", gold)


@pytest.fixture
def poor(tmp_path: Path, gold: Suite[Any]) -> Run:
    return stored(tmp_path / "poor", gold, {"dev/one": worse(gold), "dev/two": None})


@pytest.fixture
def shown(gold: Suite[Any], poor: Run) -> str:
    return run_page(poor, gold, SCORER)


@pytest.fixture
def compared(gold: Suite[Any], good: Run, poor: Run) -> str:
    return comparison_page(good, poor, gold, SCORER)


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


def hostile(folder: Path, payload: str) -> tuple[Suite[Any], Run]:
    """A suite and a run in which the article, a record and an error say `payload`."""
    suite(folder / "drills")
    text = f"{TEXT}\nIt says {payload} here."
    for name in ("one", "two"):
        content = draft(text=text, title=payload, publisher=payload)
        write(folder / "drills" / "dev" / f"{name}.json", content)
    assert not seal(folder / "drills").problems
    gold = load_suite(folder / "drills", SituationSummary)
    labels = labels_of(gold.documents[0])
    article = gold.documents[0].article.text
    evidence = [receipt(article, payload, 6)]
    labels["parties"][0]["role_title"] = payload
    labels["parties"][0]["member_of"] = [payload]
    labels["parties"].append({"id": payload, "name": payload, "evidence": evidence})
    labels["expert_assessments"][0]["proposition"] = payload
    error = {"type": payload, "message": payload, "retryable": False}
    issue = {"kind": payload, "path": payload, "message": payload, "original": payload}
    run = stored(
        folder / "run",
        gold,
        {"dev/one": labels, "dev/two": None},
        name=payload,
        description=payload,
        model=payload,
        asked={payload: payload},
        environment={payload: payload},
    )
    predictions = dict(run.predictions)
    one, two = (("dev", name, 1) for name in ("one", "two"))
    predictions[one] = predictions[one].model_copy(
        update={"issues": [issue], "signature": {"prompt": payload}}
    )
    broken = type(predictions[two]).model_validate(
        {**predictions[two].model_dump(), "error": error}
    )
    return gold, Run(run.path, run.settings, {**predictions, two: broken})


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


def test_what_is_no_run_is_wrong_usage(tmp_path: Path) -> None:
    done = Invoke()("eval", "report", tmp_path, "-o", tmp_path / "page.html")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "is no run" in done.stderr
    assert not (tmp_path / "page.html").exists()


def column(opened: Page, caption: str, place: int) -> list[str]:
    """The texts of one column of a table."""
    cells: list[str] = opened.eval_on_selector_all(
        "table",
        """(all, [caption, place]) => {
          const table = all.find((e) => e.caption && e.caption.textContent === caption);
          return [...table.tBodies[0].rows].map((row) => row.cells[place].textContent);
        }""",
        [caption, place],
    )
    return cells


@pytest.mark.browser
@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_tables_are_sorted_by_a_click_on_a_heading(
    show: Open, shown: str, size: tuple[int, int]
) -> None:
    opened = show(shown, size)
    before = column(opened, "Documents", 0)
    opened.click("table.rp-overview th:nth-child(1) button")
    assert column(opened, "Documents", 0) == sorted(before)
    opened.click("table.rp-overview th:nth-child(4) button")
    assert column(opened, "Documents", 3)[0] == "2"
    assert opened.get_attribute("table.rp-overview th:nth-child(4)", "aria-sort") == "descending"
    opened.click("table.rp-overview th:nth-child(4) button")
    assert column(opened, "Documents", 3)[-1] == "2"


def lit(opened: Page) -> set[str]:
    """The ids of what is lit up, of those that have one."""
    return {*opened.eval_on_selector_all(".sv-on, .rp-lit", "all => all.map((e) => e.id)")} - {""}


@pytest.mark.browser
@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_a_click_on_an_item_lights_up_its_sentences_of_both_sides(
    show: Open, shown: str, size: tuple[int, int]
) -> None:
    opened = show(shown, size)
    assert not opened.is_visible("#d0-article")
    opened.click("#d0-top > summary")
    opened.click("#d0-g-at-expert_assessments-0 .rp-head")
    assert lit(opened) == {"d0-g-at-expert_assessments-0", "d0-s4", "d0-g-s4", "d0-a-s4"}
    in_view(opened, "#d0-s4")
    assert opened.inner_text("[role=status]") == "Sentences cited: G 4 · P 4"
    opened.click("text=Back")
    assert lit(opened) == set()
    in_view(opened, "#d0-g-at-expert_assessments-0 .rp-head")


@pytest.mark.browser
def test_a_sentence_leads_to_its_items(show: Open, shown: str) -> None:
    opened = show(shown)
    opened.click("#d0-top > summary")
    opened.click("#d0-s2 .sv-text")
    assert {"d0-s2", "d0-g-s2"} <= lit(opened)
    in_view(opened, ".rp-item.sv-on")


@pytest.mark.browser
def test_the_keyboard_alone_opens_a_document_and_goes_to_a_sentence_and_back(
    show: Open, shown: str
) -> None:
    opened = show(shown)
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.textContent") == "Skip to the documents"
    opened.focus("#d0-top > summary")
    opened.keyboard.press("Enter")
    opened.focus("#d0-g-at-expert_assessments-0 a.sv-no")
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.id") == "d0-s4"
    opened.keyboard.press("Escape")
    assert lit(opened) == set()
    assert opened.evaluate("document.activeElement.className") == "sv-no"


@pytest.mark.browser
def test_a_lost_item_opens_in_its_document(show: Open, compared: str) -> None:
    opened = show(compared)
    opened.click("table.rp-list a[href='#d0-g-at-claimed_motives-0']")
    opened.wait_for_selector("#d0-g-at-claimed_motives-0", state="visible")
    in_view(opened, "#d0-g-at-claimed_motives-0")
    assert {"d0-g-s2", "d0-a-s2"} <= lit(opened)


@pytest.mark.browser
def test_without_javascript_documents_unfold_and_links_lead(show: Open, shown: str) -> None:
    opened = show(shown, PHONE, java_script_enabled=False)
    opened.click("#d0-top > summary")
    opened.click("#d0-g-at-expert_assessments-0 a.sv-no")
    in_view(opened, "#d0-g-s4")
    assert opened.locator("button:visible").count() == 0


OVERLAPS = """(selector) => {
  const boxes = [];
  for (const part of document.querySelectorAll(selector)) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || parent.closest(".sv-spoken")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const line = parseFloat(getComputedStyle(parent).fontSize);
      for (const box of range.getClientRects()) {
        // The height of the letters, and not of the line.
        const spare = Math.max(0, (box.height - line) / 2);
        if (box.width > 1) boxes.push([box.left, box.right, box.top + spare,
          box.bottom - spare, node.data.slice(0, 25)]);
      }
    }
  }
  boxes.sort((a, b) => a[2] - b[2]);
  const found = [];
  boxes.forEach((a, i) => {
    for (let j = i + 1; j < boxes.length && boxes[j][2] < a[3] - 2; j++) {
      const b = boxes[j];
      if (a[0] < b[1] - 1 && b[0] < a[1] - 1) found.push(a[4] + " | " + b[4]);
    }
  });
  return [boxes.length, found];
}"""
PARTS = (
    "main > :not(.rp-documents)",
    ".rp-document > summary",
    ".rp-document[open] .rp-items",
    ".rp-document[open] .rp-article",
)
OUTSIDE = """() => [...document.querySelectorAll("main *")].filter((e) => {
  const box = e.getBoundingClientRect();
  return box.width && !e.closest(".sv-spoken") && (box.right > innerWidth + 1 || box.left < -1);
}).map((e) => e.className)"""


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE])
@pytest.mark.parametrize("kind", ["run", "comparison", "stretched"])
def test_nothing_is_cut_off_overlaps_or_is_faint(
    show: Open,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    kind: str,
    size: tuple[int, int],
    scheme: str,
) -> None:
    if kind == "stretched":
        stretched, run = hostile(tmp_path / "long", "Wordwithoutend" * 30)
        page = comparison_page(run, run, stretched, SCORER)
    else:
        page = request.getfixturevalue("shown" if kind == "run" else "compared")
    opened = show(page, size, color_scheme=scheme)
    opened.click("text=Unfold all")
    opened.eval_on_selector_all("details", "all => all.forEach((e) => { e.open = true; })")
    assert opened.evaluate(OUTSIDE) == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= size[0]
    for part_ in PARTS:
        texts, overlapping = opened.evaluate(OVERLAPS, part_)
        assert texts
        assert overlapping == [], part_
    rooms = opened.eval_on_selector_all(
        ".rp-article", "all => all.map((e) => e.scrollWidth - e.clientWidth)"
    )
    assert max(rooms) <= 0
    contrasts = opened.evaluate(CONTRASTS)
    assert min(contrasts)[0] >= 4.5, min(contrasts)
    opened.eval_on_selector_all(
        ".rp-item, .sv-s", "all => all.forEach((e) => e.classList.add('sv-on'))"
    )
    opened.eval_on_selector_all(".rp-k", "all => all.forEach((e) => e.classList.add('rp-lit'))")
    assert min(opened.evaluate(CONTRASTS))[0] >= 4.5, min(opened.evaluate(CONTRASTS))


@pytest.mark.browser
def test_on_paper_the_article_follows_its_items(show: Open, shown: str) -> None:
    opened = show(shown)
    opened.click("text=Unfold all")
    opened.emulate_media(media="print")
    position = "e => getComputedStyle(e).position"
    assert opened.eval_on_selector("#d0-article", position) == "static"
    assert not opened.is_visible("text=Fold all")
