"""Numbers of a record stand in the cited sentences: same value, qualifier, unit, and same thing."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from hostile import ends, of_one_sentence
from pydantic import BaseModel, Field
from told_records import cited, told

import summarizer
from summarizer import Article
from summarizer.checks.numbers import NUMBERS
from summarizer.schemas import Grounded

KILLED = {"measure": "killed"}

TEXTS_WRONG = [
    # the value
    ("Twelve people were killed in Sorn, the mayor said.", "At least 21 killed in Sorn."),
    ("A blast in Sorn killed 12 people.", "A blast in Sorn killed 21 people."),
    ("A blast killed a dozen people.", "A blast killed 20 people."),
    ("Kestria sent 1,600 soldiers.", "Kestria sent 16,000 soldiers."),
    ("Kestria sent 1.6 million shells.", "Kestria sent 1.6 billion shells."),
    ("The deal is worth $2.5bn.", "The deal is worth $2.5 million."),
    ("Ten to 15 boats put to sea.", "Between 10 and 50 boats put to sea."),
    ("A third of the fleet was lost.", "Half of the fleet was lost."),
    ("Some 40 percent of homes lack power.", "Some 14 percent of homes lack power."),
    ("It was the seventh raid this year.", "It was the ninth raid this year."),
    ("The 21st Brigade left.", "The 12th Brigade left."),
    ("Two hundred and six men came home.", "Two hundred and sixty men came home."),
    ("Kestria flew F-16 jets.", "Kestria flew F-61 jets."),
    ("The truce began at 10:30.", "The truce began at 11:30."),
    ("Dozens of people were hurt.", "Thousands of people were hurt."),
    # the qualifier
    ("Up to 12 people were killed.", "At least 12 people were killed."),
    ("At least 12 people were killed.", "Up to 12 people were killed."),
    ("Exactly 12 people were killed.", "More than 12 people were killed."),
    ("No more than 12 ships sailed.", "Twelve ships sailed."),
    # the unit
    ("The truce lasted nine days.", "The truce lasted nine weeks."),
    ("The deal is worth 40 million euros.", "The deal is worth 40 million dollars."),
    ("Guns are 15 kilometres from the river.", "Guns are 15 miles from the river."),
    # what is counted
    ("The blast killed 12 and wounded 30.", "The blast killed 30 and wounded 12."),
    ("The blast killed 12 people.", "The blast wounded 12 people."),
    ("Police arrested 14 people.", "Police killed 14 people."),
    ("Two people were lost off Sorn.", "Two aircraft were lost off Sorn."),
    ("Kestria sent six tanks.", "Kestria sent six ships."),
]  # fmt: skip

TEXTS_RIGHT = [
    ("Twelve people were killed in Sorn.", "12 people died in Sorn."),
    ("A dozen people were killed.", "Twelve people were killed."),
    ("A blast killed 12 people and wounded 30.", "The blast wounded 30 and killed 12."),
    ("At least 12 people were killed.", "No fewer than 12 people were killed."),
    ("More than 12 people were killed.", "At least 12 people were killed."),
    ("Kestria sent 1,600 soldiers.", "Kestria sent 1600 troops."),
    ("Kestria sent 1.6 million shells.", "Kestria sent 1,600,000 shells."),
    ("The deal is worth $2.5bn.", "The deal is worth 2.5 billion dollars."),
    ("Ten to 15 boats put to sea.", "Between 10 and 15 boats put to sea."),
    ("A third of the fleet was lost.", "33 percent of the fleet was lost."),
    ("Half of the fleet was lost.", "50% of the fleet was lost."),
    ("Some 40 percent of homes lack power.", "About 40 per cent of homes lack power."),
    ("It was the seventh raid.", "It was the 7th raid."),
    ("Kestria flew F-16 jets.", "F-16 jets flew."),
    ("The truce began at 10:30.", "The truce starts at 10:30."),
    ("Forty people were hurt.", "Dozens of people were hurt."),
    ("Dozens of people were hurt.", "Dozens were hurt."),
    ("The truce lasted nine days.", "A nine-day truce."),
    ("The truce lasted over nine days.", "The truce lasted nine days."),
    ("Norland handed over 203 prisoners.", "Norland released 203 prisoners."),
    ("Both ministers spoke.", "Two ministers spoke."),
    ("The minister spoke to his colleague.", "The two ministers spoke."),
    ("Police arrested 14 people.", "14 people were detained."),
    ("A soldier was killed.", "One soldier was killed."),
    ("Kestria sent no ships.", "Kestria sent 0 ships."),
    ("The navy sent six fast attack craft.", "Six boats were sent by the navy."),
    ("In 2024 the army held IRON TIDE 26.", "The army held IRON TIDE 26."),
    ("The two sides met.", "The sides met in May 2025."),
]  # fmt: skip

QUANTITIES_WRONG = [
    ("A blast killed 12 people.", {**KILLED, "min": 21, "max": 21}),
    ("A blast killed 12 people.", {**KILLED, "min": 12, "max": 21}),
    ("A blast killed 12 people.", {"measure": "wounded", "min": 12, "max": 12}),
    ("The blast killed 12 and wounded 30.", {**KILLED, "min": 30, "max": 30}),
    ("Twelve killed, 30 wounded.", {"measure": "wounded", "min": 12, "max": 12}),
    ("At least 12 were killed.", {**KILLED, "max": 12, "qualifier": "up to"}),
    ("Up to 12 were killed.", {**KILLED, "min": 12, "qualifier": "at least"}),
    ("At least 12 were killed.", {**KILLED, "min": 12, "max": 12}),
    ("12 were killed.", {**KILLED, "min": 12, "qualifier": "more than"}),
    ("12 were killed.", {**KILLED, "max": 12}),
    ("It cost $40 million.", {"measure": "money", "min": 4e7, "max": 4e7, "unit": "EUR"}),
    ("It cost $40 million.", {"measure": "money", "min": 4e9, "max": 4e9, "unit": "USD"}),
    ("It took nine days.", {"measure": "duration", "min": 9, "max": 9, "unit": "weeks"}),
    ("It took nine days.", {**KILLED, "min": 9, "max": 9}),
]  # fmt: skip

QUANTITIES_RIGHT = [
    # That no word tells what is counted is no contradiction.
    ("Two came home.", {"measure": "wounded", "min": 2, "max": 2}),
    ("Six soldiers were held.", {"measure": "detained", "min": 6, "max": 6}),
    ("A blast killed 12 people.", {**KILLED, "min": 12, "max": 12}),
    ("A blast killed 12 people.", {**KILLED, "min": 12}),
    ("The blast killed 12 and wounded 30.", {"measure": "wounded", "min": 30, "max": 30}),
    ("12 or more died.", {**KILLED, "min": 12, "qualifier": "or more"}),
    ("About 12 died.", {**KILLED, "min": 12, "max": 12, "qualifier": "about"}),
    ("Ten to 15 died.", {**KILLED, "min": 10, "max": 15}),
    ("Up to six boats came.", {"measure": "vessels", "max": 6, "qualifier": "up to"}),
    ("It cost $40 million.", {"measure": "money", "min": 4e7, "max": 4e7, "unit": "US dollars"}),
    ("It took nine days.", {"measure": "duration", "min": 9, "max": 9, "unit": "days"}),
    ("A plane was lost.", {"measure": "aircraft", "min": 1, "max": 1}),
    ("Nobody was killed.", {**KILLED, "min": 0, "max": 0}),
    ("Dozens died.", {**KILLED, "min": 24}),
    ("Of 20 prisoners, six came home.", {"measure": "detained", "min": 6, "max": 6}),
]  # fmt: skip

LANGUAGES = [
    ("ru", "Погибли двенадцать человек.", "Погибли 12 человек.", "Погибли 21 человек."),
    ("uk", "Загинули п’ятеро бійців.", "Five fighters died.", "Six fighters died."),
    ("fr", "Quatre-vingt-dix soldats sont morts.", "The dead number 90.", "The dead number 80."),
    ("es", "Murieron 1.600 soldados.", "A total of 1,600 died.", "A total of 16,000 died."),
    ("tr", "Yirmi beş asker öldü.", "The dead number 25.", "The dead number 52."),
    ("ar", "قتل خمسة وعشرون جنديا.", "The dead number 25.", "The dead number 52."),
    ("fa", "بیست و یک نفر کشته شدند.", "The dead number 21.", "The dead number 12."),
    ("zh", "三十二人死亡。", "The dead number 32.", "The dead number 23."),
]


def messages(sentence: str, language: str = "en", **fields: Any) -> list[tuple[str | None, str]]:
    return messages_in(Article.from_text(sentence, language=language), **fields)


def messages_in(article: Article, **fields: Any) -> list[tuple[str | None, str]]:
    item = {"name": "event", "type": "other", **fields}
    record = told(article, military_activities=[item])
    found = summarizer.audit(record, article, checks=[NUMBERS])
    return [(issue.path, issue.message) for issue in found]


@pytest.mark.parametrize(("sentence", "text"), TEXTS_WRONG)
def test_a_number_of_a_text_that_is_not_so_in_the_sentence_is_refused(
    sentence: str, text: str
) -> None:
    assert [path for path, _ in messages(sentence, description=text)] == [
        "/military_activities/0/description"
    ]


@pytest.mark.parametrize(("sentence", "text"), TEXTS_RIGHT)
def test_a_number_in_other_words_is_the_same(sentence: str, text: str) -> None:
    assert messages(sentence, description=text) == []


@pytest.mark.parametrize(("sentence", "quantity"), QUANTITIES_WRONG)
def test_a_quantity_that_is_not_so_in_the_sentence_is_refused(
    sentence: str, quantity: dict[str, Any]
) -> None:
    assert [path for path, _ in messages(sentence, quantities=[quantity])] == [
        "/military_activities/0/quantities/0"
    ]


@pytest.mark.parametrize(("sentence", "quantity"), QUANTITIES_RIGHT)
def test_a_quantity_of_the_sentence_is_let_through(sentence: str, quantity: dict[str, Any]) -> None:
    assert messages(sentence, quantities=[quantity]) == []


@pytest.mark.parametrize(("language", "sentence", "right", "wrong"), LANGUAGES)
def test_number_words_of_other_languages_are_read(
    language: str, sentence: str, right: str, wrong: str
) -> None:
    assert messages(sentence, language, description=right) == []
    assert len(messages(sentence, language, description=wrong)) == 1


def test_the_message_tells_which_numbers_the_sentence_has() -> None:
    [(_, message)] = messages("A blast killed 12 people.", description="It killed 21.")
    assert message == "“21” is not in the cited sentence 1, which has “12”."


class Raid(Grounded):
    dead: int
    share: float | None = None
    score: Annotated[int, Field(ge=1, le=5)] = 3


class Raids(BaseModel):
    raids: list[Raid]


def test_numbers_of_a_users_own_schema_are_held_against_its_sentences() -> None:
    article = Article.from_text("A raid killed 12 of them, or a quarter of the crew.")
    right = Raid(evidence=cited(article), dead=12, share=0.25)
    wrong = Raid(evidence=cited(article), dead=13, share=0.4)
    found = summarizer.audit(Raids(raids=[right, wrong]), article, checks=[NUMBERS])
    assert [issue.path for issue in found] == ["/raids/1/dead", "/raids/1/share"]


def test_a_mark_on_a_scale_is_no_number_of_the_article() -> None:
    article = Article.from_text("A raid killed 12 of them.")
    record = Raids(raids=[Raid(evidence=cited(article), dead=12, score=4)])
    assert summarizer.audit(record, article, checks=[NUMBERS]) == []


@pytest.mark.parametrize(
    ("unit", "times"),
    [
        ("1", 500_000),
        ("12 ", 20_000),
        ("killed 12 ", 20_000),
        ("at least ", 100_000),
        ("('", 200_000),
        ("½", 400_000),
        ("half a ", 100_000),
    ],
)
def test_no_sentence_blows_up(unit: str, times: int) -> None:
    article = of_one_sentence("Men " + unit * times + ".", language="en")
    with ends():
        messages_in(article, description="At least 21 killed", quantities=[KILLED | {"min": 5}])
