"""As what the names in a sentence stand there."""

from __future__ import annotations

import pytest
from hostile import ends
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.mentions import LOOK_BACK, MOST_NAMES, Mentions
from summarizer.names import NameIndex, candidates
from summarizer.schemas.vocabularies import PartyKind

# Everybody is named amid a sentence here, so that all the tests may name them anywhere.
CAST = (
    "Present were Ana Ruiz, Tomas Vey, Marta Oyelaran, Norland, Ardania, Russia, China, "
    "Port Sorren, Cape Orlo, the U.S. Navy, the Harrow Institute, Sorren News and Lantern 2031."
)


def mentions(*sentences: str) -> Mentions:
    """The mentions of an article of these sentences, and a first one that names everybody."""
    text = "\n\n".join((CAST, *sentences))
    article = Article.from_text(text, language="en")
    assert article.sentence_count == len(sentences) + 1
    return Mentions(article, NameIndex(article), candidates(article))


def speakers(sentence: str) -> list[str]:
    return mentions(sentence).speakers(2)


# Speakers.


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Ana Ruiz said that the port was closed.", "Ana Ruiz"),
        ("The port was closed, Ana Ruiz told reporters.", "Ana Ruiz"),
        ("Ana Ruiz, who came from Norland, warned of a war.", "Ana Ruiz"),
        ("Ana Ruiz also repeatedly warned of a war.", "Ana Ruiz"),
        ("Ana Ruiz has condemned the attack.", "Ana Ruiz"),
        ("According to Ana Ruiz, the port was closed.", "Ana Ruiz"),
        ("The port was closed, according to the analyst Marta Oyelaran.", "Marta Oyelaran"),
        ("“The port is closed,” said the old minister Tomas Vey.", "Tomas Vey"),
        ('"The port is closed," said Tomas Vey.', "Tomas Vey"),
        ("The port is closed, says Vey of the harbour.", "Tomas Vey"),
        ("Norland’s Ana Ruiz announced drills.", "Ana Ruiz"),
        ("The Harrow Institute estimates that the port is closed.", "Harrow Institute"),
    ],
)
def test_who_speaks_is_known(sentence: str, speaker: str) -> None:
    assert speaker in speakers(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ana Ruiz closed the port.",
        "The minister said that Ana Ruiz closed the port.",
        "Somebody told Ana Ruiz to go.",
        "“The port is closed,” said that friend of Tomas Vey.",
        "“The port is closed,” said the old man who once knew Tomas Vey.",
    ],
)
def test_who_only_stands_there_does_not_speak(sentence: str) -> None:
    assert speakers(sentence) == []


def test_behind_a_pronoun_is_whoever_spoke_before() -> None:
    seen = mentions("Ana Ruiz said no.", "She also warned of a war.", "“No,” he said.")
    assert seen.speakers(3) == seen.speakers(4) == ["Ana Ruiz"]


def test_without_a_pronoun_nobody_is_behind_it() -> None:
    assert mentions("Ana Ruiz said no.", "The port was closed.").speakers(3) == []


def test_a_pronoun_does_not_reach_further_back_than_it_may() -> None:
    seen = mentions("Ana Ruiz said no.", *["He said no."] * (LOOK_BACK + 1))
    assert seen.speakers(2 + LOOK_BACK) == ["Ana Ruiz"]
    assert seen.speakers(3 + LOOK_BACK) == []


def test_a_barred_kind_does_not_speak_and_whoever_is_left_does() -> None:
    seen = mentions("Sorren News said no.", "Sorren News reported it, Tomas Vey said.")
    media = frozenset({PartyKind.MEDIA})
    assert seen.speakers(2) == ["Sorren News"]
    assert seen.speakers(2, media) == []
    assert seen.speakers(3, media) == ["Tomas Vey"]


# Places, titles, parties.


@pytest.mark.parametrize(
    "sentence",
    [
        "They met in Port Sorren.",
        "They met at the Port Sorren yard.",
        "They met in the old town of Port Sorren.",
        "They met in PORT SORREN.",
        "They met outside Port Sorren’s walls, and in Port Sorren.",
    ],
)
def test_a_place_is_known_by_what_stands_before_it(sentence: str) -> None:
    assert mentions(sentence).places(2) == ["Port Sorren"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Port Sorren was shelled.",
        "They met in Port Sorren's navy.",
        "They left for Port Sorren.",
        "They met within Port Sorren.",
    ],
)
def test_other_names_are_no_places(sentence: str) -> None:
    assert mentions(sentence).places(2) == []


@pytest.mark.parametrize(
    ("sentence", "known"),
    [
        ("They met in the U.S. on Monday.", "places"),
        ("They sailed in a ship called U.S. on Monday.", "titles"),
        ("The port was closed, said the U.S. on Monday.", "speakers"),
    ],
)
def test_an_abbreviation_may_be_anything(sentence: str, known: str) -> None:
    article = Article.from_text(f"They saw the U.S. army.\n\n{sentence}", language="en")
    seen = Mentions(article, NameIndex(article), ["U.S."])
    assert getattr(seen, known)(2) == ["U.S."]


@pytest.mark.parametrize(
    "sentence",
    [
        "The exercise dubbed “Lantern 2031” began.",
        "The drills, known as Lantern 2031, began.",
        "The great exercise Lantern 2031 began.",
        "The drills “Lantern 2031” began.",
    ],
)
def test_a_title_is_known_and_is_no_party(sentence: str) -> None:
    seen = mentions(sentence, "Norland led the exercise “Lantern 2031” there.")
    assert seen.titles(2) == ["Lantern 2031"]
    assert seen.parties(3) == ["Norland"]


def test_quotes_alone_make_a_title_only_of_what_has_a_number() -> None:
    assert mentions("The “Tomas Vey” sailed.").titles(2) == []


def test_parties_are_neither_places_nor_treaties_nor_seas() -> None:
    seen = mentions("Norland and Ardania met in Port Sorren on the Orlo Treaty.")
    assert seen.parties(2) == ["Norland", "Ardania"]
    assert mentions("Norland left the Kest Sea.").parties(2) == ["Norland"]


def test_an_outlet_is_a_party_only_where_it_is_alone() -> None:
    assert mentions("Sorren News wrote that Norland attacked.").parties(2) == ["Norland"]
    assert mentions("Sorren News was attacked.").parties(2) == ["Sorren News"]


def test_a_sentence_without_parties_has_those_before_it() -> None:
    seen = mentions("Norland attacked.", "They lost.", "They left.", "They cried.")
    assert seen.parties(3) == seen.parties(4) == ["Norland"]
    assert seen.parties(5) == []


def test_a_list_of_parties_has_an_end() -> None:
    text = "They saw " + ", ".join(f"Arl{letter}nd" for letter in "abcdefghijkl") + "."
    article = Article.from_text(text, language="en")
    seen = Mentions(article, NameIndex(article), candidates(article))
    assert len(seen.here(1)) == 12
    assert len(seen.parties(1)) == MOST_NAMES


# Names.


def test_a_surname_is_the_one_full_name_that_ends_in_it() -> None:
    seen = mentions("Vey left.", "The friends of Vey left.")
    assert seen.here(2) == seen.here(3) == ["Tomas Vey"]


def test_a_surname_of_two_stays_one() -> None:
    seen = mentions("They saw Ilya Vey.", "The friends of Vey left.")
    assert "Vey" in seen.here(3)
    assert "Ilya Vey" not in seen.here(3)


def test_a_part_of_a_name_beside_it_is_not_named_twice() -> None:
    assert mentions("Tomas Vey said no to the men of Vey.").speakers(2) == ["Tomas Vey"]


def test_adjectives_stand_for_a_name_only_where_names_are_few() -> None:
    assert mentions("Russian ships met the Chinese navy.").here(2) == ["Russia", "China"]
    assert mentions("Russian ships met Norland and Ardania.").here(2) == ["Norland", "Ardania"]


@pytest.mark.parametrize("number", [-1, 0, 99])
def test_a_sentence_that_does_not_exist_names_nobody(number: int) -> None:
    seen = mentions("Norland attacked.")
    assert seen.here(number) == seen.places(number) == seen.titles(number) == []
    assert seen.speakers(number) == []


def test_wrapped_lines_are_read_as_one() -> None:
    wrapped = "According  to\u00a0the  analyst Marta  Oyelaran, the port is closed."
    assert speakers(wrapped) == ["Marta Oyelaran"]


# Hostile texts.

PIECES = [
    "Ana Ruiz", "Norland", " ", ",", " , ", "said", " early", "lyly", "According to ", "in the ",
    "“", "'s", "He ", "The x ", "dubbed ", ".", "-", "12", "\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from(PIECES))
def test_no_order_of_words_takes_long_or_names_strangers(pieces: list[str], often: str) -> None:
    text = f"They saw Ana Ruiz and Norland. {''.join(pieces)}{often * 200} end."
    article = Article.from_text(text, language="en")
    known = candidates(article)
    seen = Mentions(article, NameIndex(article), known)
    with ends():
        for number, _ in article.numbered():
            found = [*seen.parties(number), *seen.speakers(number), *seen.places(number)]
            assert {*found, *seen.titles(number)} <= set(known)


@pytest.mark.parametrize(
    "text",
    [
        "Norland" + " , , ," * 200_000 + " said.",
        "Norland " + "Norland, " * 50_000 + "said.",
        "Norland " + "x" * 1_000_000 + "ly said.",
        "Norland" + " early" * 200_000 + " said.",
        "The x" + " " * 1_000_000 + "y, Norland said.",
        "According to " * 100_000 + "Norland.",
        ", said " * 200_000 + "Norland.",
        "in the A" * 200_000 + " Norland.",
    ],
    ids=lambda text: text[:20],
)
def test_one_sentence_as_long_as_a_book_does_not_blow_up(text: str) -> None:
    whole = f"Ships of Norland left. {text}"
    begin = whole.index(". ") + 2
    plain = Article.from_text(whole, language="en")
    # Stored articles may have sentences of any length.
    article = plain.model_copy(update={"sentences": ((0, begin - 1), (begin, len(whole)))})
    with ends():
        seen = Mentions(article, NameIndex(article), ("Norland",))
        seen.speakers(2)
        seen.parties(2)
