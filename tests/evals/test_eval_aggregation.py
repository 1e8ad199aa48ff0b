"""From counts per document to scores."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.evals.aggregation import Scores, aggregate
from summarizer.evals.counts import (
    DocumentScore,
    Excused,
    FieldCounts,
    Items,
    Mass,
    Nulls,
    Receipts,
    SectionCounts,
)
from summarizer.evals.estimates import estimate, mean_of_documents, mean_of_fields, share
from summarizer.evals.statistics import Counts, clopper_pearson
from summarizer.evals.tally import Tally


def score(
    name: str,
    ships: Mass | None = None,
    ports: Mass | None = None,
    *,
    cluster: str | None = None,
    items: Items | None = None,
    receipts: Receipts | None = None,
    nulls: Nulls | None = None,
    tally: Tally | None = None,
) -> DocumentScore:
    """A document of two sections, of one field each; items and receipts are those of ships."""
    ships, ports = ships or Mass(), ports or Mass()
    return DocumentScore(
        name,
        cluster or name,
        {
            "ships": SectionCounts(ships, items or Items(), receipts or Receipts()),
            "ports": SectionCounts(ports),
        },
        {
            "ships.name": FieldCounts(ships, tally or Tally(), nulls or Nulls()),
            "ports.town": FieldCounts(ports),
        },
    )


def mass(gold: float, predicted: float, value: float) -> Mass:
    return Mass(gold, predicted, value, value, value)


def test_scores_are_sums_over_documents_and_then_one_ratio() -> None:
    scores = aggregate([score("a", mass(4, 2, 2)), score("b", mass(4, 8, 1), mass(2, 0, 0))])
    overall = scores.overall.value
    assert (overall.precision.score, overall.recall.score) == (0.3, 0.3)
    assert overall.f.score == pytest.approx(6 / 20)
    assert scores.sections["ships"].value.f.score == pytest.approx(6 / 18)
    assert scores.fields["ships.name"].value.f.score == pytest.approx(6 / 18)
    assert scores.sections["ports"].value.recall.score == 0


def test_every_score_has_its_interval_and_the_number_of_documents_that_have_a_say() -> None:
    documents = [score(f"d{i}", mass(4, 4, i)) for i in range(4)] + [score("empty")]
    found = aggregate(documents).overall.value.f
    assert found.n == 4
    assert found.low is not None
    assert found.high is not None
    assert 0 < found.low < 1.5 / 4 < found.high < 1
    assert found.method == "jackknife_t_logit"


def test_without_mass_there_is_no_score() -> None:
    scores = aggregate([score("a", mass(4, 4, 4)), score("b", mass(4, 4, 4))])
    ports = scores.sections["ports"]
    for found in (ports.value.f, ports.by_document, ports.by_field, ports.items.f):
        assert (found.score, found.low, found.high, found.n) == (None, None, None, 0)


def test_of_no_documents_there_is_no_score() -> None:
    scores = aggregate([])
    assert (scores.documents, scores.clusters) == (0, 0)
    assert scores.overall.value.f.score is None
    assert scores.overall.negatives.n == 0


def test_the_evidence_nest_has_one_denominator() -> None:
    nest = Mass(gold=10, predicted=10, value=8, located=6, grounded=3)
    scores = aggregate([score("a", nest), score("b", nest)])
    for group in (scores.overall, scores.sections["ships"], scores.fields["ships.name"]):
        assert group.value.f.score == pytest.approx(0.8)
        assert group.located.f.score == pytest.approx(0.6)
        assert group.grounded.f.score == pytest.approx(0.3)


def test_items_are_right_if_aligned_and_strictly_right_if_equal() -> None:
    items = Items(gold=4, predicted=5, aligned=3, strict=1)
    found = aggregate([score("a", items=items)]).overall
    assert (found.items.precision.score, found.items.recall.score) == (3 / 5, 3 / 4)
    assert (found.strict.precision.score, found.strict.recall.score) == (1 / 5, 1 / 4)


def test_cited_sentences_have_scores_of_their_own() -> None:
    receipts = Receipts(gold=4, predicted=8, right=3, found=3)
    found = aggregate([score("a", receipts=receipts)]).overall.receipts
    assert (found.precision.score, found.recall.score) == (3 / 8, 3 / 4)


def test_a_sentence_that_is_cited_in_two_pieces_is_found_once() -> None:
    receipts = Receipts(gold=1, predicted=2, right=2, found=1)
    found = aggregate([score("a", receipts=receipts)]).overall.receipts
    assert (found.precision.score, found.recall.score) == (1 / 2, 1)


def test_nulls_have_precision_and_recall_apart() -> None:
    nulls = Nulls(both=3, gold_only=3, predicted_only=1)
    scores = aggregate([score("a", nulls=nulls), score("b")])
    for group in (scores.overall, scores.sections["ships"], scores.fields["ships.name"]):
        assert (group.nulls.precision.score, group.nulls.recall.score) == (3 / 4, 1 / 2)
    assert scores.sections["ports"].nulls.f.score is None


def test_tallies_are_summed_and_have_the_figures_of_muc_4() -> None:
    tally = Tally(correct=2, partial=2, incorrect=1, spurious=5, missing=3)
    scores = aggregate([score("a", tally=tally), score("b", tally=tally), score("c")])
    for group in (scores.overall, scores.sections["ships"], scores.fields["ships.name"]):
        muc = group.muc
        assert (muc.correct, muc.missing, muc.possible, muc.actual) == (4, 6, 16, 20)
        assert (muc.recall, muc.precision, muc.overgeneration) == (6 / 16, 6 / 20, 10 / 20)
    assert scores.sections["ports"].muc.recall is None


def test_a_clean_negative_is_a_document_without_anything_of_which_nothing_was_said() -> None:
    documents = [
        score("clean"),
        score("clean too"),
        score("invented", mass(0, 3, 0), items=Items(predicted=1)),
        score("invented, and of no weight", items=Items(predicted=2)),
        score("not empty", mass(3, 0, 0), items=Items(gold=1)),
        score("not empty, and of no weight", items=Items(gold=1)),
    ]
    scores = aggregate(documents)
    assert (scores.overall.negatives.k, scores.overall.negatives.n) == (2, 4)
    assert (scores.sections["ports"].negatives.k, scores.sections["ports"].negatives.n) == (6, 6)


def test_a_run_that_failed_is_told_and_is_no_clean_negative() -> None:
    documents = [score("clean"), score("failed")]
    documents[1].failed = True
    scores = aggregate(documents)
    assert (scores.failed, scores.documents) == (1, 2)
    assert (scores.overall.negatives.k, scores.overall.negatives.n) == (1, 2)
    assert (scores.sections["ships"].negatives.k, scores.sections["ships"].negatives.n) == (1, 2)


def test_the_verbatim_rate_is_of_the_predicted_receipts() -> None:
    receipts = Receipts(gold=9, predicted=4, right=1, found=1, verbatim=3)
    scores = aggregate([score("a", receipts=receipts), score("b", receipts=receipts), score("c")])
    assert scores.overall.verbatim.score == 0.75
    assert (scores.sections["ships"].verbatim.score, scores.overall.verbatim.n) == (0.75, 2)
    assert scores.sections["ports"].verbatim.score is None


def test_items_that_were_excused_are_counted() -> None:
    documents = [score("a"), score("b"), score("c")]
    documents[0].sections["ships"].excused = Excused(2, 7.5)
    documents[1].sections["ports"].excused = Excused(1, 2)
    scores = aggregate(documents)
    assert scores.overall.excused == 3
    assert [scores.sections[name].excused for name in ("ships", "ports")] == [2, 1]


def test_the_mean_over_documents_leaves_out_those_that_are_empty_on_both_sides() -> None:
    documents = [score("a", mass(100, 100, 100)), score("b", mass(1, 1, 0)), score("empty")]
    found = aggregate(documents).overall.by_document
    assert (found.score, found.n) == (0.5, 2)


def test_the_mean_over_fields_leaves_out_those_without_mass() -> None:
    ships, ports = mass(100, 100, 100), mass(1, 1, 0)
    assert aggregate([score("a", ships, ports)]).overall.by_field.score == 0.5
    assert aggregate([score("a", ships)]).overall.by_field.score == 1


def test_repeats_of_a_document_are_no_further_documents() -> None:
    runs = [score(f"{i}", mass(4, 4, 2 + i % 2), cluster=f"d{i // 2}") for i in range(8)]
    scores = aggregate(runs)
    assert (scores.documents, scores.clusters) == (8, 4)
    group = scores.overall
    assert {group.value.f.n, group.by_document.n, group.by_field.n} == {4}


def test_fields_come_in_the_order_of_their_sections() -> None:
    assert list(aggregate([score("a")]).fields) == ["ships.name", "ports.town"]


def test_json_has_four_decimals_and_reads_back() -> None:
    scores = aggregate([score("a", mass(3, 3, 1)), score("b", mass(3, 3, 2))])
    text = scores.model_dump_json()
    told = json.loads(text)["overall"]["by_field"]
    assert told["score"] == 0.5
    assert told["low"] == round(told["low"], 4)
    assert Scores.model_validate_json(text).documents == 2


def test_a_share_has_its_exact_interval() -> None:
    found = share(2, 3)
    assert (found.low, found.high) == clopper_pearson(2, 3)
    assert share(0, 0).low is None


def counts(rows: Sequence[tuple[float, float, float]]) -> Counts:
    """Counts from (share of the smaller side that is right, gold, predicted)."""
    each = np.array(rows, dtype=np.float64).reshape(-1, 3)
    return Counts(each[:, 0] * np.minimum(each[:, 1], each[:, 2]), each[:, 1], each[:, 2])


SIZES = st.integers(0, 4).map(float)
ROW = st.tuples(st.sampled_from([0.0, 0.25, 0.5, 1.0]), SIZES, SIZES)
ROWS = st.lists(ROW, max_size=7)


@settings(deadline=None)  # the machine may be busy
@given(ROWS)
def test_the_mean_of_one_field_is_its_score(rows: list[tuple[float, float, float]]) -> None:
    column = counts(rows)
    mean, single = mean_of_fields([column]), estimate(column)
    assert mean.n == single.n
    assert mean.method == single.method
    assert mean.score == pytest.approx(single.score)
    assert mean.low == pytest.approx(single.low)
    assert mean.high == pytest.approx(single.high)


@settings(deadline=None)  # the machine may be busy
@given(ROWS, st.integers(1, 3))
def test_a_field_said_twice_makes_no_mean_surer(
    rows: list[tuple[float, float, float]], times: int
) -> None:
    column = counts(rows)
    once, often = mean_of_fields([column]), mean_of_fields([column] * times)
    assert (often.n, often.method) == (once.n, once.method)
    assert often.low == pytest.approx(once.low)


@settings(deadline=None)  # the machine may be busy
@given(ROWS)
def test_the_mean_over_documents_is_the_mean(rows: list[tuple[float, float, float]]) -> None:
    column = counts(rows)
    each = [
        2 * tp / (gold + predicted)
        for tp, gold, predicted in zip(column.tp, column.gold, column.predicted, strict=True)
        if gold + predicted
    ]
    assert mean_of_documents(column).score == (pytest.approx(np.mean(each)) if each else None)


def test_the_interval_of_a_mean_of_fields_leaves_a_document_out_of_every_field() -> None:
    first = counts([(0.5, 4, 4), (0.25, 4, 2), (1, 2, 4), (0.5, 4, 4)])
    second = counts([(0.25, 1, 1), (0, 0, 0), (0.5, 2, 1), (1, 3, 1)])
    third = counts([(0, 0, 0), (0, 0, 0), (0.5, 1, 1), (0, 0, 0)])
    columns = (first, second, third)
    means = []
    for left_out in range(4):
        kept = [i for i in range(4) if i != left_out]
        parts = [Counts(c.tp[kept], c.gold[kept], c.predicted[kept]) for c in columns]
        scores = [score for part in parts if (score := part.score()) is not None]
        means.append(np.mean(scores))
    logits = np.log(np.array(means) / (1 - np.array(means)))
    error = np.sqrt(3 / 4 * np.square(logits - logits.mean()).sum())
    found = mean_of_fields(columns)
    assert found.score is not None
    assert found.low is not None
    middle = np.log(found.score / (1 - found.score))
    assert np.log(found.low / (1 - found.low)) == pytest.approx(middle - 3.182446 * error, rel=1e-5)


def test_the_interval_of_a_mean_of_fields_holds_it() -> None:
    empty, right, wrong = (0.0, 0.0, 0.0), (1.0, 2.0, 2.0), (0.0, 2.0, 2.0)
    one_wrong = mean_of_fields([counts([right] * 9 + [empty]), counts([empty] * 9 + [wrong])])
    assert (one_wrong.low, one_wrong.score, one_wrong.n) == (0.5, 0.5, 10)
    one_right = mean_of_fields([counts([wrong] * 9 + [empty]), counts([empty] * 9 + [right])])
    assert (one_right.score, one_right.high, one_right.n) == (0.5, 0.5, 10)
