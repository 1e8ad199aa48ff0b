"""The page of a report, clicked through in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import CONTRASTS, PHONE, WIDE, Open, in_view
from report_runs import SCORER, hostile

from summarizer.evals.report.pages import comparison_page

if TYPE_CHECKING:
    from playwright.sync_api import Page


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
