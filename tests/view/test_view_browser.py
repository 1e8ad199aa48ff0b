"""The page in a real headless Chromium."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browsing import CONTRASTS, PHONE, WIDE, Open, in_view
from sample_record import article_of, cite, result_of

from summarizer.results import Result
from summarizer.schemas import SituationSummary
from summarizer.view.page import fragment, page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def highlighted(opened: Page) -> list[str]:
    """The ids of what is highlighted, in the order of the document."""
    marked: list[str] = opened.eval_on_selector_all(".sv-on", "all => all.map((e) => e.id)")
    return marked


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_a_click_on_an_item_shows_its_sentences(
    show: Open, result: Result[Any], size: tuple[int, int]
) -> None:
    opened = show(page(result), size)
    opened.click("#at-diplomatic_meetings-1 .sv-tag")
    assert highlighted(opened) == ["at-diplomatic_meetings-1", "s14"]
    in_view(opened, "#s14")
    assert opened.inner_text("[role=status]") == "Sentence 14 highlighted"


def test_a_click_on_a_receipt_shows_that_sentence(show: Open, result: Result[Any]) -> None:
    opened = show(page(result), PHONE)
    opened.click("#at-military_activities-1 .sv-lines a[data-n='11']")
    assert highlighted(opened) == ["at-military_activities-1", "s8", "s9", "s10", "s11"]
    in_view(opened, "#s11")


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_a_sentence_leads_back_to_its_items(
    show: Open, result: Result[Any], size: tuple[int, int]
) -> None:
    opened = show(page(result), size)
    opened.click("#s15 .sv-text")
    assert highlighted(opened) == ["at-parties-8", "at-diplomatic_meetings-2", "s15"]
    in_view(opened, "#at-parties-8")
    opened.click("#s15 a[href='#at-diplomatic_meetings-2']")
    in_view(opened, "#at-diplomatic_meetings-2")


def test_a_reference_leads_to_the_party(show: Open, result: Result[Any]) -> None:
    opened = show(page(result), PHONE)
    opened.click("#at-military_activities-3 a[href='#at-parties-0']")
    assert highlighted(opened) == ["at-parties-0", "s1"]
    in_view(opened, "#at-parties-0")


def test_the_keyboard_alone_goes_there_and_back(show: Open, result: Result[Any]) -> None:
    opened = show(page(result))
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.textContent") == "Skip to the article"
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.id") == "article"

    opened.focus("#at-military_activities-3 a.sv-no")
    opened.keyboard.press("Tab")
    focused = "[document.activeElement.textContent, getComputedStyle(document.activeElement)"
    assert opened.evaluate(focused + ".outlineStyle]") == ["[4]", "solid"]
    opened.keyboard.press("Enter")
    assert highlighted(opened) == ["at-military_activities-3", "s4", "s6"]
    assert opened.evaluate("document.activeElement.id") == "s4"
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.getAttribute('href')") == "#at-synopsis-1"

    opened.keyboard.press("Escape")
    assert highlighted(opened) == []
    assert opened.evaluate("document.activeElement.textContent") == "[4]"
    assert opened.inner_text("[role=status]") == ""


def test_back_on_a_phone_returns_to_the_item(show: Open, result: Result[Any]) -> None:
    opened = show(page(result), PHONE, has_touch=True)
    opened.tap("#at-expert_assessments-0 .sv-chip")
    in_view(opened, "#s16")
    opened.tap("text=Back")
    in_view(opened, "#at-expert_assessments-0 .sv-chip")
    assert highlighted(opened) == []
    assert not opened.is_visible("text=Back")


def test_without_javascript_the_links_lead_and_mark(show: Open, result: Result[Any]) -> None:
    opened = show(page(result), PHONE, java_script_enabled=False)
    background = "e => getComputedStyle(e).backgroundColor"
    before = opened.eval_on_selector("#s14", background)
    opened.click("#at-diplomatic_meetings-1 .sv-chip")
    in_view(opened, "#s14")
    assert opened.eval_on_selector("#s14", background) != before
    opened.click("#s14 .sv-back")
    assert opened.url.endswith("#at-diplomatic_meetings-1")


def test_an_address_with_a_sentence_opens_there(show: Open, result: Result[Any]) -> None:
    opened = show(page(result))
    opened.evaluate("location.hash = '#s15'")
    opened.wait_for_selector("#s15.sv-on")
    assert highlighted(opened) == ["at-parties-8", "at-diplomatic_meetings-2", "s15"]


@pytest.mark.parametrize("width", [320, 390, 768, 960, 1400])
def test_nothing_scrolls_sideways(show: Open, result: Result[Any], width: int) -> None:
    long = "Wordwithoutend" * 40
    party = result.summary.parties[0].model_copy(update={"name": long, "aliases": [long] * 3})
    parties = [party, *result.summary.parties[1:]]
    summary = result.summary.model_copy(update={"headline": long, "parties": parties})
    stretched = result.model_copy(update={"summary": summary, "signature": {long: long}})
    for document in (page(result), page(stretched), fragment(stretched)):
        opened = show(document, (width, 800))
        page_width = opened.evaluate("document.documentElement.scrollWidth")
        article, room = opened.eval_on_selector(
            ".sv-article", "e => [e.scrollWidth, e.clientWidth]"
        )
        assert page_width <= width
        assert article <= room


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_from_its_ground(show: Open, result: Result[Any], scheme: str) -> None:
    opened = show(page(result), color_scheme=scheme)
    paper = opened.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == {"light": "rgb(251, 250, 247)", "dark": "rgb(21, 23, 27)"}[scheme]
    opened.eval_on_selector_all("details", "all => all.forEach((e) => { e.open = true; })")
    opened.click("#at-military_activities-1 a.sv-no")
    opened.hover("#at-military_activities-3 .sv-tag")
    every = "all => all.forEach((e) => e.classList.add('{}'))"
    for state in ("sv-near", "sv-on"):
        contrasts = opened.evaluate(CONTRASTS)
        assert len(contrasts) > 200
        assert min(contrasts)[0] >= 4.5, min(contrasts)
        opened.eval_on_selector_all(".sv-item, .sv-s", every.format(state))
    assert min(opened.evaluate(CONTRASTS))[0] >= 4.5


def test_hovering_tints_the_sentences(show: Open, result: Result[Any]) -> None:
    opened = show(page(result))
    opened.hover("#at-military_activities-0 .sv-lead")
    tinted = opened.eval_on_selector_all(".sv-near", "all => all.map((e) => e.id)")
    assert tinted == ["s1", "s2", "s3"]


def test_on_paper_there_is_one_column_and_no_bar(show: Open, result: Result[Any]) -> None:
    opened = show(page(result))
    opened.click("#at-parties-0 a.sv-no")
    opened.emulate_media(media="print")
    display = "e => [getComputedStyle(e).display, getComputedStyle(e).position]"
    assert opened.eval_on_selector("body", display)[0] == "block"
    assert opened.eval_on_selector(".sv-article", display)[1] == "static"
    assert opened.eval_on_selector(".sv-bar", display)[0] == "none"


@pytest.mark.parametrize("form", [page, fragment])
@pytest.mark.parametrize(
    "payload",
    [
        "</script><script>document.title = 'fired'</script>",
        "</style><img src=x onerror=\"document.title = 'fired'\">",
        "\" onpointerover=\"document.title = 'fired'\" autofocus onfocus=\"document.title='fired'",
        "<svg onload=\"document.title='fired'\"></svg>",
    ],
)
def test_markup_in_an_article_or_an_answer_does_not_run(
    show: Open, payload: str, form: Callable[[Result[Any]], str]
) -> None:
    article = article_of(
        f"{payload} is what it says.", title=payload, url="javascript:document.title='fired'"
    )
    party = {"id": payload, "name": payload, "evidence": cite(article, 1)}
    summary = SituationSummary.model_validate({"headline": "Calm", "parties": [party]})
    opened = show(form(result_of(article, summary, signature={payload: payload})))
    for selector in (".sv-item", ".sv-s .sv-text", ".sv-byline"):
        opened.hover(selector)
        opened.click(selector)
    assert opened.title() in ("Calm", "")
    assert opened.inner_text(".sv-text") == article.quote(1)


def test_the_policy_stops_even_a_script_that_got_in(
    browser: Browser, result: Result[Any], tmp_path: Path
) -> None:
    intruder = (
        "<b onclick=\"document.title = 'fired'\">x</b><script>document.title = 'ran'</script>"
    )
    file = tmp_path / "broken.html"
    file.write_text(page(result).replace("</main>", f"</main>{intruder}"), encoding="utf-8")
    opened = browser.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.goto(file.as_uri())
    opened.click("b")
    assert opened.title() == result.summary.headline
    assert [text for text in said if "Content Security Policy" in text]
    opened.close()
