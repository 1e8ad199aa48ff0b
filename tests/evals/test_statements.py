"""Frozen statements come back as they were, and hold no words of articles kept elsewhere."""

from __future__ import annotations

import json
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import Article
from summarizer.errors import InputError
from summarizer.evals.statements import CORPUS, STATEMENTS, Made, Statement, Verdict, load, stored
from summarizer.evals.statements_parts import RUN, Parts, parted, whole

TEXT = (
    "Varland moved twelve ships to the Gulf of Maro on Monday. The foreign minister of Orvia, "
    "Ilka Thorne,\nsaid that the move was meant to deter a landing. 北方舰队宣布撤军。"
)
WORDS = TEXT.split()


def article() -> Article:
    return Article.from_text(TEXT, id="varland", language="en")


def statement(**changes: Any) -> Statement:
    text = article()
    cited = [(2, *text.span(2))]
    return Statement(
        **{
            "id": "s1",
            "document": "varland",
            "sha256": text.sha256,
            "source": "corpus",
            "language": "en",
            "made": Made(model="small", strategy="single", size="full"),
            "section": "expert_assessments",
            "item": {
                "evidence": [2],
                "assessor": "Ilka Thorne",
                "affiliation": "foreign minister of Orvia",
                "type": "intent",
                "proposition": "She thinks the move was meant to deter a landing or two.",
                "claims": [
                    {
                        "status": "reported",
                        "evidence": [2],
                        "attribution": [{"source": "a radio station", "kind": "anonymous"}],
                    }
                ],
            },
            "parties": [{"name": "Ilka Thorne", "aliases": ["Thorne"], "country": "USA"}],
            "cited": cited,
            "supported": False,
            "kinds": ["source"],
            "why": "Nobody says that the move was meant to please her.",
            "readers": [Verdict(reader="reader1", supported=False, why="No radio is told of.")],
            **changes,
        }
    )


def words_in_a_row(parts: Parts | str) -> list[str]:
    """All runs of three words that are kept as words."""
    kept = [parts] if isinstance(parts, str) else [each for each in parts if isinstance(each, str)]
    found = []
    for text in kept:
        words = text.split()
        found += [" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)]
    return found


pieces = st.lists(st.sampled_from([*WORDS, "and", "nine", "—", "北方舰队", "{x}"]), max_size=14)


@given(pieces)
def test_a_text_comes_back_from_its_parts(words: list[str]) -> None:
    text = " ".join(words)
    parts = parted(text, TEXT)
    assert whole(parts, TEXT) == text
    assert whole(json.loads(json.dumps(parts)), TEXT) == text


@given(pieces)
def test_no_three_words_in_a_row_of_the_article_are_kept(words: list[str]) -> None:
    parts = parted(" ".join(words), TEXT)
    assert not [run for run in words_in_a_row(parts) if run in TEXT and "—" not in run]


@given(st.integers(0, len(WORDS) - 1), st.integers(1, 6))
def test_stretches_of_the_article_are_told_by_offsets_alone(first: int, count: int) -> None:
    start = TEXT.find(" ".join(WORDS[first : first + count]))
    if start >= 0:
        text = " ".join(WORDS[first : first + count])
        assert parted(text, TEXT) == [(start, start + len(text))]


def test_a_name_is_told_by_offsets_and_other_words_by_themselves() -> None:
    assert parted("Ilka Thorne", TEXT) == [(TEXT.find("Ilka Thorne"), TEXT.find(",\nsaid"))]
    assert parted("a radio station", TEXT) == "a radio station"
    at = TEXT.find("the move was")
    assert parted("So the move was odd", TEXT) == ["So ", (at, at + len("the move was")), " odd"]


def test_a_run_may_begin_with_another_case() -> None:
    at = TEXT.find("oved twelve ships")
    assert parted("Moved twelve ships", TEXT) == ["M", (at, at + len("oved twelve ships"))]


def test_characters_are_the_words_of_scripts_without_blanks() -> None:
    parts = parted("昨天北方舰队来了", TEXT)
    at = TEXT.find("北方舰队")
    assert parts == ["昨天", (at, at + 4), "来了"]


def test_a_stretch_outside_the_article_is_refused() -> None:
    with pytest.raises(ValueError, match="no stretch"):
        whole([[0, len(TEXT) + 1]], TEXT)


def test_a_statement_comes_back_from_its_parts() -> None:
    text = article()
    full = statement()
    kept = Statement.model_validate_json(full.in_parts(text).model_dump_json())
    assert kept.in_full(text) == full


def test_a_statement_in_parts_holds_codes_and_no_words_of_the_article() -> None:
    kept = statement().in_parts(article())
    assert kept.item["type"] == "intent"
    assert kept.item["claims"][0]["attribution"][0]["source"] == "a radio station"
    assert kept.parties[0]["country"] == "USA"
    line = kept.model_dump_json()
    assert not [
        a for a, b in pairwise(WORDS) if f"{a} {b}" in line and a not in ("the", "to", "was")
    ]
    assert "Thorne" not in line


def kept_in(folder: Path, *statements: Statement) -> Path:
    path = folder / "statements.jsonl"
    lines = [each.in_parts(article()).model_dump_json() for each in statements]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_statements_are_read_with_the_folder_of_their_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = kept_in(tmp_path, statement())
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "varland.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.delenv(CORPUS, raising=False)
    assert load(path) == []
    (read,) = load(path, tmp_path)
    assert read.statement == statement()
    monkeypatch.setenv(CORPUS, str(tmp_path))
    assert [each.statement.id for each in load(path)] == ["s1"]


def test_an_article_that_was_changed_is_refused(tmp_path: Path) -> None:
    path = kept_in(tmp_path, statement())
    (tmp_path / "varland.txt").write_text(TEXT + " More.", encoding="utf-8")
    with pytest.raises(InputError, match="not the article"):
        load(path, tmp_path)


def test_a_line_that_is_no_statement_is_told_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "statements.jsonl"
    path.write_text('{"id": "s1"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="line 1"):
        stored(path)


def test_a_record_holds_the_item_with_its_parties_and_receipts(tmp_path: Path) -> None:
    path = kept_in(tmp_path, statement())
    (tmp_path / "varland.txt").write_text(TEXT, encoding="utf-8")
    (read,) = load(path, tmp_path)
    record = read.record()
    (item,) = record.expert_assessments
    parties = {party.id: party for party in record.parties}
    assert parties[item.assessor].name == "Ilka Thorne"
    assert parties[item.assessor].aliases == ["Thorne"]
    assert item.affiliation is not None
    assert parties[item.affiliation].name == "foreign minister of Orvia"
    assert item.claims[0].attribution[0].source == "a radio station"
    assert item.evidence[0].quote == read.article.quote(2)
    assert item.evidence[0].sentence == 2
    assert read.pointer == "/expert_assessments/0"


def test_an_activity_that_is_not_kept_is_not_referred_to(tmp_path: Path) -> None:
    motive = {"evidence": [2], "motive_of": ["Varland"], "motive": "to deter", "activity": "a1"}
    path = kept_in(tmp_path, statement(section="claimed_motives", item=motive, parties=[]))
    (tmp_path / "varland.txt").write_text(TEXT, encoding="utf-8")
    (read,) = load(path, tmp_path)
    assert read.record().claimed_motives[0].activity is None


def test_the_frozen_file_is_the_one_that_the_readme_tells() -> None:
    if not STATEMENTS.is_file():
        pytest.skip("nothing is frozen yet")
    told = (STATEMENTS.parent / "README.md").read_text(encoding="utf-8")
    assert sha256(STATEMENTS.read_bytes()).hexdigest() in told
    assert len({each.id for each in stored()}) == len(stored())
