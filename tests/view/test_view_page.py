"""The HTML, read by a parser; what it does in a browser is tested in test_view_browser.py."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

import pytest
from html_reader import Reader
from sample_record import article_of, cite, result_of

from summarizer.results import Issue, IssueKind, Result, Severity
from summarizer.schemas import SituationSummary
from summarizer.view.clean import web_address
from summarizer.view.markup import el
from summarizer.view.page import fragment, page


def test_every_link_inside_the_page_leads_to_an_id_that_exists_once(result: Result[Any]) -> None:
    for document in (page(result), fragment(result)):
        read = Reader(document)
        ids = read.all("id")
        assert len(ids) == len(set(ids))
        inside = [href.removeprefix("#") for href in read.all("href") if href.startswith("#")]
        assert len(inside) > 80
        assert set(inside) <= set(ids)


def test_each_item_leads_to_its_sentences_and_each_sentence_back(result: Result[Any]) -> None:
    read = Reader(page(result))
    strike = next(a for _, a in read.elements if a.get("id") == "at-military_activities-1")
    assert strike["data-s"] == "8 9 10 11"
    at = [a.get("id") for _, a in read.elements]
    eleven = read.elements[at.index("s11") : at.index("s12")]
    back = [a["href"] for _, a in eleven if a.get("class") == "sv-back"]
    assert back == ["#at-synopsis-2", "#at-parties-4", "#at-military_activities-1"]


def test_the_page_says_what_was_found_and_what_was_not(result: Result[Any]) -> None:
    text = Reader(page(result)).text
    for said in (
        "Military activities 4",
        "none found",
        "joint exercise",
        "◌ threatened",
        "✕ did not occur",
        "✕ cancelled",
        "✕ denied by Varland navy",
        "◌ accusation by Orvian state television, citing an unnamed officer",
        "! warning value dropped (country): “Norge” is no country code",
        "answer truncated: The answer was cut off",
        "2 calls, 4,310 tokens read (1,890 cached), 1,204 written, 38.3 s",
        "invented-7b",
        result.settings_hash,
        result.article.sha256,
    ):
        assert said in text, said


def test_an_issue_stands_in_its_item(result: Result[Any]) -> None:
    document = page(result)
    start = document.index('id="at-parties-7"')
    assert start < document.index("is no country code") < document.index('id="at-parties-8"')


def test_the_policy_names_the_style_and_the_script_by_hash_and_nothing_else(
    result: Result[Any],
) -> None:
    read = Reader(page(result))
    policy = next(a["content"] for t, a in read.elements if "Policy" in (a.get("http-equiv") or ""))
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules.pop("default-src") == rules.pop("base-uri") == rules.pop("form-action") == "'none'"
    for element in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(read.raw[element].encode()).digest()).decode()
        assert rules.pop(f"{element}-src") == f"'sha256-{digest}'"
    assert not rules


def test_nothing_is_loaded_and_nothing_runs_but_the_one_script(result: Result[Any]) -> None:
    for document, scripts in ((page(result), 1), (fragment(result), 0)):
        read = Reader(document)
        tags = [tag for tag, _ in read.elements]
        assert tags.count("script") == scripts
        assert not {"img", "link", "iframe", "object", "embed", "base", "form"} & set(tags)
        names = {name for _, attributes in read.elements for name in attributes}
        assert not {"src", "style", "srcset"} & names
        assert not [name for name in names if name.startswith("on")]
        assert "url(" not in read.raw["style"]
        assert "@import" not in read.raw["style"]


PAYLOADS = [
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "' autofocus onfocus='alert(1)",
    "<!-- --><svg/onload=alert(1)>",
    "&lt;b&gt; &amp; &#x3c;",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_from_anywhere_stays_text(payload: str) -> None:
    article = article_of(
        f"{payload} is what it says.", title=payload, publisher=payload, byline=payload, url=payload
    )
    evidence = cite(article, 1)
    summary = SituationSummary.model_validate(
        {
            "headline": payload,
            "synopsis": [{"text": payload, "evidence": evidence}],
            "parties": [
                {"id": payload, "name": payload, "aliases": [payload], "evidence": evidence},
                {"id": "p2", "name": "Other", "member_of": [payload], "evidence": evidence},
            ],
        }
    )
    issues = [
        Issue(
            path=path,
            kind=IssueKind.ITEM_INVALID,
            severity=Severity.ERROR,
            message=payload,
            original={payload: payload},
        )
        for path in ("/parties/0", None, f"/{payload}")
    ]
    result = result_of(
        article, summary, issues=issues, signature={payload: payload}, settings_hash=payload
    )
    plain = result_of(article_of("Something is what it says."), SituationSummary())
    for document, harmless in ((page(result), page(plain)), (fragment(result), fragment(plain))):
        read, base = Reader(document), Reader(harmless)
        allowed = {tag for tag, _ in base.elements} | {"a", "code", "details", "li", "nav"}
        allowed |= {"ul", "strong", "summary"}
        assert {tag for tag, _ in read.elements} <= allowed
        assert [t for t, _ in read.elements].count("script") == harmless.count("<script")
        names = {name for _, attributes in read.elements for name in attributes}
        assert not [n for n in names if n.startswith("on") or n in ("autofocus", "x")]
        assert read.text.count(payload) >= 10


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//host.example/x",
        "https:///nohost",
        "http://[broken",
        "https://host.example/a b",
        "https://host.example/\u202egpj.exe",
        "not an address",
    ],
)
def test_only_a_web_address_becomes_a_link(result: Result[Any], url: str) -> None:
    assert web_address(url) is None
    article = result.article.model_copy(update={"url": url})
    read = Reader(page(result.model_copy(update={"article": article})))
    assert all(href.startswith("#") for href in read.all("href"))


def test_a_web_address_is_a_link_that_tells_nothing_to_its_host(result: Result[Any]) -> None:
    links = [a for _, a in Reader(page(result)).elements if "http" in (a.get("href") or "")]
    assert [link["href"] for link in links] == [result.article.url]
    assert "noreferrer" in (links[0]["rel"] or "")


def test_each_sentence_has_its_own_direction(result: Result[Any]) -> None:
    directions = [
        a.get("dir") for _, a in Reader(page(result)).elements if a.get("class") == "sv-text"
    ]
    assert directions == ["auto"] * len(result.article.sentences)


def test_two_results_in_one_notebook_share_no_id(result: Result[Any]) -> None:
    other = result.model_copy(update={"settings_hash": "0" * 40})
    first, second = Reader(fragment(result)), Reader(fragment(other))
    assert not set(first.all("id")) & set(second.all("id"))
    assert result._repr_html_() == fragment(result), "and the same one is always the same"


def test_every_rule_of_the_style_keeps_to_the_view(result: Result[Any]) -> None:
    style = re.sub(r"/\*.*?\*/", "", Reader(fragment(result)).raw["style"], flags=re.DOTALL)
    selectors = re.findall(r"(?:^|[{}])\s*([^{}@]+)\{", style)
    assert len(selectors) > 60
    for selector in selectors:
        for part in re.split(r",\s*(?![^()]*\))", selector.strip()):
            assert re.match(r"\.sv\b", part.strip()), part


def test_a_receipt_for_a_sentence_that_is_not_there_is_no_link() -> None:
    article = article_of("One sentence.")
    evidence = [{**cite(article, 1)[0], "sentence": 7}]
    party = {"id": "p1", "name": "One", "evidence": evidence}
    document = page(result_of(article, SituationSummary.model_validate({"parties": [party]})))
    assert "[7]" in Reader(document).text
    assert "#s7" not in document


def test_children_and_attributes_are_escaped_and_markup_is_not_escaped_twice() -> None:
    inner = el("b", {"title": '"<&'}, "<&")
    assert el("p", {"lang": None}, inner, "'") == (
        '<p><b title="&quot;&lt;&amp;">&lt;&amp;</b>&#x27;</p>'
    )
