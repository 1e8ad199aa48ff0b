"""The kernel gives the numbers that others have published, on their data.

The data is not part of this repository: `SUMMARIZER_ORACLES` names the folder that holds it. The
tests at the end need none.
"""

from __future__ import annotations

import csv
import json
import os
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

import pytest

from summarizer.evals.conformance import Scheme, Span, ceaf_ree, plain_mention, spans
from summarizer.evals.tally import PerCent, Tally

SCHEMES: tuple[Scheme, ...] = get_args(Scheme)
PREDICTIONS = (
    "preds_s_t.out",
    "preds_s_t_no_offset_constraint.out",
    "preds_s_t_sep_downweigh.out",
)
REPORTS = ("slot_totals.csv", "per_doc_totals.csv")
SLOTS = {"inc": 6, "perp": 4, "phys-tgt": 6, "hum-tgt": 7}


@pytest.fixture(scope="module")
def oracles() -> Path:
    folder = os.environ.get("SUMMARIZER_ORACLES")
    if not folder:
        pytest.skip(
            "SUMMARIZER_ORACLES is not set: the published numbers are not in the repository"
        )
    return Path(folder)


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


# -- CEAF-REE -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def gold_entities(oracles: Path) -> dict[str, dict[str, list[list[str]]]]:
    """The mentions of each entity, by document and role; documents are named as predictions do."""
    found = {}
    for line in (oracles / "grit_muc4/gold_test.jsonl").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        test, _, number = document["docid"].split("-")
        found[str(10_000 * int(test[-1]) + int(number))] = {
            role: [[mention for mention, _ in entity] for entity in entities]
            for role, entities in document["extracts"].items()
        }
    return found


@pytest.mark.parametrize("name", PREDICTIONS)
def test_ceaf_ree_gives_the_eighteen_numbers_of_each_file_of_predictions(
    name: str, oracles: Path, gold_entities: dict[str, dict[str, list[list[str]]]]
) -> None:
    expected = load(oracles / "expected.json")["grit_muc4"]
    *roles, last = expected["order"]
    assert last == "micro"
    predicted = {
        document: entry["pred_extracts"]
        for document, entry in load(oracles / "grit_muc4" / name).items()
    }
    assert predicted.keys() == gold_entities.keys()
    tallies = [
        sum((ceaf_ree(gold_entities[d][role], predicted[d][role]) for d in predicted), Tally())
        for role in roles
    ]
    tallies.append(sum(tallies, Tally()))
    figures = [figure for each in tallies for figure in (each.precision, each.recall, each.f)]
    assert [round(100 * (figure or 0), 2) for figure in figures] == expected["files"][name]
    assert len(figures) == 18


def test_there_are_fifty_four_expected_numbers_and_no_other_file(oracles: Path) -> None:
    files = load(oracles / "expected.json")["grit_muc4"]["files"]
    assert sorted(files) == sorted(PREDICTIONS)
    assert sum(map(len, files.values())) == 54


# -- MUC-4 --------------------------------------------------------------------------------------


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def reported(row: dict[str, str]) -> Tally:
    return Tally(*(int(row[count]) for count in ("COR", "PAR", "INC", "SPU", "MIS")))


def printed(row: dict[str, str]) -> PerCent:
    figures = (row[figure] for figure in ("REC", "PRE", "OVG"))
    return PerCent(*(None if figure == "*" else int(figure) for figure in figures))


@pytest.mark.parametrize(
    ("name", "count"), [("slot_totals.csv", 1156), ("per_doc_totals.csv", 5617)]
)
def test_muc4_possible_and_actual_are_those_of_every_row(
    name: str, count: int, oracles: Path
) -> None:
    table = rows(oracles / "muc4_official" / name)
    assert len(table) == count
    wrong = [
        row
        for row in table
        if (reported(row).possible, reported(row).actual) != (int(row["POS"]), int(row["ACT"]))
    ]
    assert not wrong


@pytest.mark.parametrize("name", REPORTS)
def test_muc4_recall_precision_and_overgeneration_lie_within_the_rounding_of_1992(
    name: str, oracles: Path
) -> None:
    for row in rows(oracles / "muc4_official" / name):
        tally = reported(row)
        figures = (tally.recall, tally.precision, tally.overgeneration)
        for figure, told in zip(figures, printed(row), strict=True):
            assert (figure is None) == (told is None), row
            if figure is not None and told is not None:
                assert abs(100 * figure - told) < 0.6, row


@pytest.mark.parametrize("name", REPORTS)
def test_muc4_figures_rounded_as_in_1992_are_equal_on_every_row(name: str, oracles: Path) -> None:
    table = rows(oracles / "muc4_official" / name)
    assert [row for row in table if reported(row).per_cent != printed(row)] == []


def test_muc4_f_measures_are_equal_for_all_34_systems_and_three_weights(oracles: Path) -> None:
    totals = {
        (row["test"], row["site"].lower()): reported(row)
        for row in rows(oracles / "muc4_official/slot_totals.csv")
        if row["slot"] == "ALL TEMPLATES"
    }
    systems = rows(oracles / "muc4_official/f_measures.csv")
    assert len(systems) == 34
    for row in systems:
        tally = totals[row["test"], row["site"].lower()]
        for column, beta in (("F_PR", 1.0), ("F_2PR", 0.5), ("F_P2R", 2.0)):
            f = tally.muc_f(beta)
            assert f is not None
            assert round(f, 2) == float(row[column]), (row, column)


def test_muc4_tallies_of_slots_add_up_to_those_of_sections_and_of_all_templates(
    oracles: Path,
) -> None:
    systems: dict[tuple[str, str], dict[str, Tally]] = {}
    for row in rows(oracles / "muc4_official/slot_totals.csv"):
        systems.setdefault((row["test"], row["site"]), {})[row["slot"]] = reported(row)
    assert len(systems) == 34
    for slots in systems.values():
        totals = []
        for section, count in SLOTS.items():
            total = slots.pop(f"{section}-total")
            parts = [tally for slot, tally in slots.items() if slot.startswith(f"{section}-")]
            assert len(parts) == count
            assert sum(parts, Tally()) == total
            totals.append(total)
        assert sum(totals, Tally()) == slots["ALL TEMPLATES"]


# -- nervaluate ---------------------------------------------------------------------------------


def read_spans(entities: Iterable[dict[str, Any]]) -> list[Span]:
    return [Span(each["label"], each["start"], each["end"]) for each in entities]


def columns(tally: Tally) -> list[float]:
    counts = (tally.correct, tally.incorrect, tally.partial, tally.missing, tally.spurious)
    return [*counts, tally.precision or 0.0, tally.recall or 0.0]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_nervaluate_gives_all_columns_of_all_500_cases(scheme: Scheme, oracles: Path) -> None:
    data = load(oracles / "vectors/nervaluate_500.json")
    assert data["columns"] == ["COR", "INC", "PAR", "MIS", "SPU", "P", "R"]
    assert len(data["cases"]) == 500
    key = "ent_type" if scheme == "type" else scheme
    for case in data["cases"]:
        tally = spans(read_spans(case["true"]), read_spans(case["pred"]), scheme)
        assert columns(tally) == case["result"][key], case


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_order_of_the_spans_makes_no_difference(scheme: Scheme, oracles: Path) -> None:
    shuffle = random.Random(4)
    for case in load(oracles / "vectors/nervaluate_500.json")["cases"]:
        gold, predicted = read_spans(case["true"]), read_spans(case["pred"])
        before = spans(gold, predicted, scheme)
        shuffle.shuffle(gold)
        shuffle.shuffle(predicted)
        assert spans(gold, predicted, scheme) == before, case


# -- without the data ---------------------------------------------------------------------------


def test_a_mention_is_compared_without_case_punctuation_and_articles() -> None:
    assert plain_mention('The  "Harbour" Guard\'s an A-frame, the') == "harbour guards aframe"
    assert plain_mention("Andean, Thebes, Havana") == "andean thebes havana"


def test_ceaf_ree_takes_an_entity_only_if_all_its_mentions_are_the_gold_entitys() -> None:
    gold = [["the gunmen", "two men"], ["a driver"]]
    assert ceaf_ree(gold, [["Gunmen"], ["driver", "mayor"]]) == Tally(
        correct=1, spurious=1, missing=1
    )
    assert ceaf_ree(gold, [["gunmen"], ["two men"]]) == Tally(correct=1, spurious=1, missing=1)
    assert ceaf_ree([], [["gunmen"]]) == Tally(spurious=1)
    assert ceaf_ree(gold, []) == Tally(missing=2)


def test_ceaf_ree_gives_up_a_pair_for_two() -> None:
    gold = [["gunmen", "men"], ["men"]]
    assert ceaf_ree(gold, [["men"], ["gunmen"]]) == Tally(correct=2)


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ("strict", Tally(correct=1, incorrect=2, spurious=1, missing=1)),
        ("exact", Tally(correct=2, incorrect=1, spurious=1, missing=1)),
        ("partial", Tally(correct=2, partial=1, spurious=1, missing=1)),
        ("type", Tally(correct=2, incorrect=1, spurious=1, missing=1)),
    ],
)
def test_each_scheme_has_its_own_idea_of_what_is_correct(scheme: Scheme, expected: Tally) -> None:
    gold = [Span("PER", 0, 1), Span("ORG", 4, 6), Span("LOC", 9, 9), Span("PER", 12, 13)]
    predicted = [Span("PER", 0, 1), Span("ORG", 6, 7), Span("PER", 9, 9), Span("PER", 14, 15)]
    assert spans(gold, predicted, scheme) == expected


def test_where_nervaluate_takes_the_first_correct_span_the_kernel_takes_the_best_of_all() -> None:
    gold = [Span("LOC", 0, 2), Span("ORG", 3, 8)]
    predicted = [Span("ORG", 2, 4), Span("ORG", 6, 8)]
    assert spans(gold, predicted, "type") == Tally(correct=1, incorrect=1)


def test_a_correct_pair_is_worth_more_than_two_incorrect_ones() -> None:
    gold = [Span("LOC", 0, 1), Span("ORG", 2, 9)]
    predicted = [Span("ORG", 1, 3), Span("LOC", 5, 6)]
    assert spans(gold, predicted, "type") == Tally(correct=1, spurious=1, missing=1)


def test_figures_with_nothing_to_divide_by_are_none() -> None:
    nothing = Tally()
    assert (nothing.recall, nothing.precision, nothing.overgeneration) == (None, None, None)
    assert (nothing.f, nothing.muc_f(), nothing.per_cent) == (None, None, (None, None, None))
    assert Tally(missing=3).recall == 0
    assert Tally(missing=3).precision is None
    assert Tally(missing=3).muc_f() is None
    assert Tally(missing=3).f == Tally(incorrect=3).f == Tally(incorrect=3).muc_f() == 0


def test_figures_are_cut_to_a_tenth_of_a_per_cent_and_halves_rounded_to_even() -> None:
    assert Tally(correct=3, incorrect=5).per_cent.recall == 38
    assert Tally(correct=1, incorrect=7).per_cent.recall == 12
    assert Tally(correct=79, incorrect=137).per_cent.recall == 36
    assert Tally(correct=10, incorrect=17).per_cent.recall == 37
    assert Tally(correct=3657, incorrect=6343).per_cent == (36, 36, 0)
    assert Tally(correct=3757, incorrect=6243).per_cent == (38, 38, 0)
