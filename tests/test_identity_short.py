"""Short forms: abbreviations that a text spells out, surnames, and what costs time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarizer.article import Article
from summarizer.identity import Bearer, Identities
from summarizer.identity.abbreviations import abbreviates, expansions
from summarizer.identity.bearers import Profile, apart

GOLD = sorted((Path(__file__).parents[1] / "evals/gold/situations").glob("*/*.json"))


def article(*sentences: str) -> Article:
    return Article.from_text("\n\n".join(sentences), language="en")


def known(name: str, *sentences: str) -> str:
    return Identities(article(*sentences)).known(name)


# Whom a short name means in a text.


@pytest.mark.parametrize(
    ("name", "full", "text"),
    [
        ("Volkonin", "Andrei Volkonin", "They heard Andrei Volkonin speak."),
        ("Mr. Volkonin", "Andrei Volkonin", "They heard Andrei Volkonin of Norland speak."),
        ("Volkonin", "Andrei P. Volkonin", "Andrei Volkonin is Andrei P. Volkonin, they say."),
        ("Volkonin", "Andrei Volkonin", "They saw Andrei Volkonin. Later Director Volkonin left."),
        ("al-Kindi", "Samer al-Kindi", "They heard Samer al-Kindi speak."),
        ("bin Salman", "Mohammed bin Salman", "They heard Mohammed bin Salman speak."),
        ("Волконин", "Андрей Волконин", "Вчера говорил Андрей Волконин."),
        ("JCB", "Joint Corrin Bureau", "The Joint Corrin Bureau (JCB) met."),
        ("jcb", "Joint Corrin Bureau", "The Joint Corrin Bureau (“JCB”) met."),
        ("BSN", "Bank of the South of Norland", "The Bank of the South of Norland (BSN) met."),
        ("JCB", "Joint Corrin Bureau", "The JCB (Joint Corrin Bureau) met."),
        ("ОСВОД", "Общество спасения на водах", "Прибыло Общество спасения на водах (ОСВОД)."),
        ("世卫组织", "世界卫生组织", "世界卫生组织（世卫组织）发表声明。"),
    ],
)
def test_a_short_name_is_known_by_the_full_one(name: str, full: str, text: str) -> None:
    assert known(name, text) == full


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Volkonin", "They heard Volkonin speak."),
        ("Volkonin", "They heard Andrei Volkonin and Pavel Volkonin speak."),
        ("Volkonin", "They sailed to Port Volkonin."),
        ("Volkonin", "They sailed on the MV Volkonin."),
        ("Norway", "They read Targeting Norway."),
        ("Republic", "They left the Islamic Republic of Iran."),
        ("Delegation", "They saw the Harbour Delegation leave."),
        ("Salman", "They heard Mohammed bin Salman speak of King Salman."),
        ("Andrei Volkonin", "They heard Andrei Petrovich Volkonin speak."),
        ("JCB", "The JCB met the Joint Corrin Bureau."),
        ("JCB", "The Joint Corrin Bureau (JCB) met. So did the Jute and Cotton Board (JCB)."),
        ("ABC", "The Joint Corrin Bureau (ABC) met."),
        ("Ruiz", "The minister (Ruiz) met."),
        ("", "Nobody came."),
    ],
)
def test_a_name_that_no_full_one_explains_stays_as_it_is(name: str, text: str) -> None:
    assert known(name, text) == name


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("JCB", "Joint Corrin Bureau"),
        ("J.C.B.", "Joint Corrin Bureau"),
        ("CoE", "Council of Europe"),
        ("BoN", "Bank of Norland"),
        ("МАГАТЭ", "Международное агентство по атомной энергии"),
        ("Interpol", "International Police"),
        ("世卫组织", "世界卫生组织"),
    ],
)
def test_an_abbreviation_is_made_of_beginnings(short: str, name: str) -> None:
    assert abbreviates(short, name)


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("JCB", "Joint Bureau"),
        ("JC", "Joint Corrin Bureau"),
        ("JBC", "Joint Corrin Bureau"),
        ("J", "Joint"),
        ("Joint", "Joint"),
        ("", "Joint Corrin"),
        ("JCB", ""),
        ("卫世组织", "世界卫生组织"),
    ],
)
def test_other_letters_are_no_abbreviation(short: str, name: str) -> None:
    assert not abbreviates(short, name)


def test_only_the_words_that_an_abbreviation_is_made_of_are_its_name() -> None:
    text = "The head of the Joint Corrin Bureau (JCB) met the Sorren Institute (SI) in May (2031)."
    assert expansions(article(text)) == {"jcb": "Joint Corrin Bureau", "si": "Sorren Institute"}


@pytest.mark.parametrize("text", ["They came for Aster Norland (FAN).", "It is Marsh Area (Mar)."])
def test_an_aside_that_is_made_of_other_words_explains_nothing(text: str) -> None:
    assert expansions(article(text)) == {}


# What holds for whole articles.


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_no_two_parties_of_the_gold_are_taken_for_one(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_name(gold["text_file"]).read_text(encoding="utf-8")
    parties = gold["labels"].get("parties", [])
    names = {party["id"]: party["name"] for party in parties}
    bearers = [
        Bearer(
            (party["name"], *party.get("aliases", ())),
            party.get("kind"),
            party.get("country"),
            tuple(names[member] for member in party.get("member_of", ())),
        )
        for party in parties
    ]
    apart = [(i,) for i in range(len(bearers))]
    assert Identities(Article.from_text(text)).same(bearers) == apart
    # Nor where every name stands for itself, and nothing else is known of it.
    alone = [(i, Bearer((name,))) for i, each in enumerate(bearers) for name in each.names]
    joined = Identities(Article.from_text(text)).same([bearer for _, bearer in alone])
    assert all(len({alone[i][0] for i in group}) == 1 for group in joined)


def test_bearers_are_compared_with_few_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 1,600 bearers, each is held against a handful, and not against every other."""
    calls = 0

    def counting(one: Profile, other: Profile) -> bool:
        nonlocal calls
        calls += 1
        return apart(one, other)

    monkeypatch.setattr("summarizer.identity.identities.apart", counting)
    sounds = [a + b for a in "bdfgklmnprstvz" for b in ("ano", "eru", "ilo", "omi")]
    people = [
        (f"Ana {one.title()}{two}", f"{one.title()}{two}") for one in sounds for two in sounds
    ][:800]
    bearers = [Bearer((name,), "official") for names in people for name in names]
    groups = Identities(article("Nobody came.")).same(bearers)
    assert len(groups) < len(bearers)
    assert calls < 10 * len(bearers)
