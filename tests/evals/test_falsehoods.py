"""False items are made of items that are right: one change each, which makes them false."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from summarizer.evals.edits import value_at
from summarizer.evals.falsehoods import KINDS, Falsehood, falsehoods, supported
from summarizer.evals.falsehoods.days import dates
from summarizer.evals.falsehoods.generate import LANGUAGES, PER_ITEM
from summarizer.evals.falsehoods.measures import in_text
from summarizer.evals.falsehoods.names import NAMES, foreign
from summarizer.evals.falsehoods.numerals import bounds, numbers, others, rewritten, values
from summarizer.evals.falsehoods.polarity import Rewriting, denials
from summarizer.evals.falsehoods.tenses import shifts
from summarizer.evals.folders import suite_folder
from summarizer.evals.suites import Document, load_suite
from summarizer.schemas import SituationSummary

Documents = dict[str, Document[SituationSummary]]


@pytest.fixture(scope="module")
def documents() -> Documents:
    suite = load_suite(suite_folder("situations"), SituationSummary)
    # Those that generate none are there too; of the English ones, so many are enough.
    some = [*suite.split("dev"), *(d for d in suite.split("test") if d.gold.language != "en")]
    return {document.gold.id: document for document in some}


@pytest.fixture(scope="module")
def made(documents: Documents) -> list[Falsehood]:
    return [each for document in documents.values() for each in falsehoods(document)]


def of(made: list[Falsehood], kind: str) -> list[Falsehood]:
    return [each for each in made if each.kind == kind]


def cited(falsehood: Falsehood) -> str:
    """The sentences that the false item and its claims cite."""
    item = value_at(falsehood.record, falsehood.item)
    entries = [*item["evidence"], *(e for c in item.get("claims", ()) for e in c["evidence"])]
    return "\n".join(entry["quote"] for entry in entries)


def test_there_are_thousands_of_every_kind_and_language(made: list[Falsehood]) -> None:
    kinds = Counter(each.kind for each in made)
    assert set(kinds) == set(KINDS)
    assert sum(kinds.values()) >= 2000
    assert min(kinds.values()) >= 300
    spoken = {(each.kind, each.language) for each in made}
    assert spoken == {(kind, language) for kind in KINDS for language in LANGUAGES}


def test_nothing_is_made_of_an_article_in_a_language_that_is_not_known(
    documents: Documents, made: list[Falsehood]
) -> None:
    others = {name for name, each in documents.items() if each.gold.language not in LANGUAGES}
    assert len(others) == 6
    assert not others & {each.document for each in made}


def test_every_record_is_valid_and_differs_in_its_one_item(
    documents: Documents, made: list[Falsehood]
) -> None:
    right = {name: supported(document) for name, document in documents.items()}
    for each in made[::23]:
        SituationSummary.model_validate(each.record)
        before = right[each.document]
        changed = [
            f"/{section}/{i}"
            for section, items in each.record.items()
            if isinstance(items, list)
            for i, item in enumerate(items)
            if i >= len(before[section]) or item != before[section][i]
        ]
        assert sorted(changed) == sorted(filter(None, (each.item, each.added)))


def test_the_change_stands_where_it_says(documents: Documents, made: list[Falsehood]) -> None:
    right = {name: supported(document) for name, document in documents.items()}
    for each in made:
        assert each.path.startswith(f"{each.item}/")
        assert value_at(each.record, each.path) == each.after
        assert value_at(right[each.document], each.path) == each.before
        assert each.before != each.after


def test_a_false_item_keeps_its_evidence(documents: Documents, made: list[Falsehood]) -> None:
    right = {name: supported(document) for name, document in documents.items()}
    for each in made:
        before = value_at(right[each.document], each.item)["evidence"]
        assert value_at(each.record, each.item)["evidence"] == before


def test_the_same_seed_makes_the_same_and_another_makes_others(documents: Documents) -> None:
    document = documents["retrait-keroua"]

    def drawn(seed: int) -> list[tuple[str, str, str]]:
        found = falsehoods(document, seed=seed)
        return [(each.kind, each.path, json.dumps(each.after)) for each in found]

    assert drawn(3) == drawn(3)
    assert drawn(3) != drawn(4)


def test_no_more_of_a_kind_are_made_of_an_item_than_asked_for(documents: Documents) -> None:
    document = documents["market-drone-strike"]
    for most in (1, PER_ITEM):
        counts = Counter((each.kind, each.item) for each in falsehoods(document, per_item=most))
        assert max(counts.values()) == most


def test_only_the_kinds_that_are_asked_for_are_made(documents: Documents) -> None:
    found = list(falsehoods(documents["halm-prisoner-exchange"], kinds=("date", "number")))
    assert {each.kind for each in found} == {"date", "number"}
    with pytest.raises(KeyError):
        list(falsehoods(documents["halm-prisoner-exchange"], kinds=("colour",)))


def test_copied_texts_are_sentences_of_the_article(documents: Documents) -> None:
    for document in documents.values():
        record = supported(document)
        texts = [each["description"] for each in record["military_activities"]]
        texts += [each["text"] for each in record["synopsis"]]
        assert all(text in document.article.text for text in texts)


def test_changes_are_of_copies_of_labelled_texts_and_of_fields(made: list[Falsehood]) -> None:
    places = Counter(each.place for each in made)
    assert set(places) == {"copy", "text", "field"}
    assert all(isinstance(each.before, str) for each in made if each.place != "field")


def test_an_article_without_items_gives_nothing(documents: Documents) -> None:
    assert list(falsehoods(documents["grocer-price-war"])) == []


# -- what is put in makes the item false --------------------------------------------------------


def test_a_changed_number_stands_in_no_cited_sentence(made: list[Falsehood]) -> None:
    for each in of(made, "number"):
        if isinstance(each.after, dict):
            new = each.after["min"] if each.after["min"] is not None else each.after["max"]
            assert new not in values(cited(each))


def test_a_lower_bound_is_only_raised_and_an_upper_one_lowered(made: list[Falsehood]) -> None:
    seen = set()
    for each in of(made, "number"):
        match each.before:
            case {"min": float(low), "max": None}:
                assert each.after["min"] > low
                seen.add("rising")
            case {"min": None, "max": float(high)}:
                assert each.after["max"] < high
                seen.add("falling")
    assert "rising" in seen


def test_names_that_are_put_in_stand_nowhere_in_the_article(
    documents: Documents, made: list[Falsehood]
) -> None:
    parties = [each for each in of(made, "name") if each.item.startswith("/parties/")]
    assert parties
    for each in parties:
        assert str(each.after).casefold() not in documents[each.document].article.text.casefold()


def test_a_reference_to_nobody_known_brings_its_party(made: list[Falsehood]) -> None:
    added = [each for each in made if each.added is not None]
    assert {each.kind for each in added} == {"name", "source"}
    for each in added:
        assert each.added is not None
        assert value_at(each.record, each.added)["id"] == each.after


def names_of(record: dict[str, Any], ref: str) -> list[str]:
    (party,) = (each for each in record["parties"] if each["id"] == ref)
    return [party["name"], *party["aliases"]]


def test_a_swapped_party_is_of_the_article_and_named_in_no_cited_sentence(
    made: list[Falsehood],
) -> None:
    swapped = [
        each
        for each in of(made, "swap_name")
        if each.path.split("/")[3] in ("actors", "targets", "participants", "assessor")
    ]
    assert len(swapped) > 100
    for each in swapped:
        assert not any(name in cited(each) for name in names_of(each.record, each.after))


def test_a_swapped_date_stands_in_no_cited_sentence_and_is_another_time(
    made: list[Falsehood],
) -> None:
    swapped = [each for each in of(made, "swap_date") if isinstance(each.after, dict)]
    assert len(swapped) > 50
    for each in swapped:
        assert each.after["text"] not in cited(each).split()
        assert each.after["edtf"] != each.before["edtf"]


def test_what_a_reader_left_open_is_not_changed(
    documents: Documents, made: list[Falsehood]
) -> None:
    tolerances = {
        (name, each.at): each
        for name, document in documents.items()
        for each in document.labels.tolerances
    }
    for each in made:
        known = tolerances.get((each.document, each.path))
        assert known is None or (not known.dont_care and each.after not in known.alternatives)


# -- texts ---------------------------------------------------------------------------------------


def applied(text: str, found: Rewriting) -> str:
    return text[: found.start] + found.written + text[found.end :]


def test_numbers_of_dates_clocks_and_names_are_left_alone() -> None:
    text = "At 6 p.m. two of 14 men of the 3rd Brigade left; one stayed with Sarych-4."
    assert [found.written for found in numbers(text, "en")] == ["two", "14"]


def test_words_are_numbers_in_their_own_language() -> None:
    assert [found.value for found in numbers("onze soldats sur seize", "fr")] == [11, 16]
    assert [found.value for found in numbers("to seize eleven ships", "en")] == [11]
    assert [found.value for found in numbers("четыре машины", "ru")] == [4]


def test_at_least_a_number_is_only_made_false_by_a_higher_one() -> None:
    text = "at least 12 were killed, up to 30 wounded"
    twelve, thirty = numbers(text, "en")
    assert min(others(12, set(), bounds(text, twelve.start))) > 12
    assert max(others(30, set(), bounds(text, thirty.start))) < 30


def test_sums_and_differences_of_cited_numbers_are_taken() -> None:
    assert {5, 9, 14, 23}.issubset(values("nine of the fourteen"))
    assert 9 not in others(3, values("nine of the fourteen"), bounds("", 0))


def test_a_number_is_written_as_it_was() -> None:
    (found,) = numbers("Some 4,200 men", "en")
    assert rewritten(found, 12_600) == "12,600"
    (found,) = numbers("1.6 million", "en")
    assert rewritten(found, 2.4) == "2.4"


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "The army killed two men.", "The army did not kill two men."),
        ("en", "The strike was carried out.", "The strike was not carried out."),
        ("en", "The exercise is not directed at us.", "The exercise is directed at us."),
        ("en", "It isn't over.", "It is over."),
        ("en", "to protect its citizens", "not to protect its citizens"),
        ("en", "He said no units had moved.", "He said a units had moved."),
        ("fr", "L'armée a quitté la ville.", "L'armée n'a pas quitté la ville."),
        ("fr", "Ils n'ont pas quitté la ville.", "Ils ont quitté la ville."),
        ("ru", "Киргизия получила машины.", "Киргизия не получила машины."),
        ("ru", "Это не раскрывает сумму.", "Это раскрывает сумму."),
    ],
)
def test_a_not_goes_in_or_out(language: str, text: str, wanted: str) -> None:
    assert wanted in [applied(text, each) for each in denials(text, language)]


def test_a_participle_is_not_denied_as_a_past_tense() -> None:
    assert not any("did not" in each.written for each in denials("two were killed by rebels", "en"))


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "The army killed two men.", "The army will kill two men."),
        ("en", "The men were freed.", "The men will be freed."),
        ("en", "It will send more ships.", "It sent more ships."),
        ("en", "It planned to send a team.", "It sent a team."),
        ("fr", "Les soldats ont quitté la ville.", "Les soldats vont quitter la ville."),
        ("ru", "Киргизия получила машины.", "Киргизия получит машины."),
    ],
)
def test_a_tense_becomes_another(language: str, text: str, wanted: str) -> None:
    assert wanted in [applied(text, each) for each in shifts(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "at least 12 men", "up to 12 men"),
        ("en", "nine days", "nine weeks"),
        ("en", "31 killed", "31 wounded"),
        ("fr", "au moins 140 morts", "moins de 140 morts"),
        ("ru", "не менее 38 млн", "не более 38 млн"),
    ],
)
def test_qualifiers_and_units_become_others(language: str, text: str, wanted: str) -> None:
    assert wanted in [applied(text, each) for each in in_text(text, language)]


def test_days_months_and_years_are_found_and_verbs_are_not() -> None:
    text = "On Monday, 3 May 2025, they may march on."
    assert [text[each.start : each.end] for each in dates(text, "en")] == [
        "Monday", "May", "3", "2025",
    ]  # fmt: skip


def test_no_offered_date_is_the_one_that_stood_there() -> None:
    for language, text in (
        ("en", "last week, 9 June 2024"),
        ("fr", "lundi 2 mars"),
        ("ru", "в мае"),
    ):
        for each in dates(text, language):
            assert text[each.start : each.end] not in each.others
            assert each.others


def test_a_name_that_the_article_holds_is_not_foreign() -> None:
    assert "Iceland" not in foreign("en", "state", "Ships left Iceland.")
    assert "Corvin Aldersley" not in foreign("en", "person", "a Mr Aldersley")


def test_the_gold_holds_none_of_the_names_to_put_in() -> None:
    """Else the lists would have to be drawn on less."""
    folder = Path(suite_folder("situations"))
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.txt"))
    bodies = [name for tables in NAMES.values() for name in tables["body"]]
    assert not [name for name in bodies if name in text]
