"""Words that speak for a value do so where they stand, and not where they don't."""

from __future__ import annotations

import re

import pytest
from hostile import ends
from hypothesis import given
from hypothesis import strategies as st

from summarizer.schemas.cues import (
    ACTIVITY,
    AIMLESS,
    ENCOUNTER,
    JUDGEMENT,
    OTHER_TOPICS,
    PURPOSE,
    TOPICS,
    hits,
    offered,
    standing,
)
from summarizer.schemas.english import ENGLISH, STANDINGS, TO_COME
from summarizer.schemas.vocabularies import (
    ActivityType,
    AssessmentType,
    ClaimStatus,
    LikelihoodBand,
    MeetingFormat,
    MeetingStatus,
    MotiveCategory,
    Realis,
)
from summarizer.schemas.vocabulary import Vocabulary

SECTIONS = {
    "activity": ACTIVITY,
    "purpose": PURPOSE,
    "judgement": JUDGEMENT,
    "encounter": ENCOUNTER,
}
PATTERNS = [
    *SECTIONS.values(),
    TO_COME,
    *(pattern for cues in ENGLISH.values() for pattern in cues.values()),
    *(pattern for _, pattern in STANDINGS),
]

# For each value a sentence that speaks for it, and one that does not. Not a mapping: values of
# two vocabularies may be equal.
SAID: list[tuple[Vocabulary, str, str]] = [
    (ActivityType.JOINT_EXERCISE, "They held joint exercises.", "He exercised his rights."),
    (ActivityType.NATIONAL_EXERCISE, "The army began drills.", "They were drilling for oil."),
    (ActivityType.WEAPONS_TEST, "They tested a new missile.", "It was a test of patience."),
    (ActivityType.DEPLOYMENT, "Troops were deployed.", "They sent letters."),
    (ActivityType.ALERT, "The fleet is on high alert.", "He was alert."),
    (ActivityType.WITHDRAWAL, "Troops pulled back.", "He pulled the lever."),
    (ActivityType.AIR_STRIKE, "Warplanes struck the port.", "They flew home."),
    (ActivityType.DRONE_STRIKE, "Two drones fell.", "A dull day."),
    (ActivityType.MISSILE_OR_ARTILLERY_STRIKE, "They shelled the port.", "They ate shellfish."),
    (ActivityType.GROUND_CLASH, "Soldiers clashed at noon.", "They met at noon."),
    (ActivityType.BOMBING, "A blast shook the market.", "They applied at noon."),
    (ActivityType.SUICIDE_ATTACK, "It was a suicide bombing.", "It was a suicide."),
    (ActivityType.ASSASSINATION, "The envoy was assassinated.", "The envoy died."),
    (ActivityType.ABDUCTION, "Two priests were kidnapped.", "Two priests left."),
    (ActivityType.TERRITORIAL_CHANGE, "They captured the town.", "They seized a ship."),
    (ActivityType.BLOCKADE, "They closed the strait.", "They closed the shop."),
    (ActivityType.SEIZURE_OR_INTERDICTION, "The ship was boarded.", "The ship left."),
    (ActivityType.CEASEFIRE, "A truce was agreed.", "An accord was agreed."),
    (ActivityType.CEASEFIRE_VIOLATION, "They broke the ceasefire.", "They broke the glass."),
    (ActivityType.ARMS_TRANSFER, "They supplied tanks.", "They supplied milk."),
    (ActivityType.TRAINING, "They trained the police.", "The train was late."),
    (
        ActivityType.INTELLIGENCE_SHARING,
        "They shared satellite intelligence.",
        "They shared a meal.",
    ),
    (ActivityType.PEACEKEEPING, "Peacekeepers arrived.", "There was peace."),
    (ActivityType.NUCLEAR_ACTIVITY, "They enriched uranium.", "They talked of a nuclear family."),
    (ActivityType.INSPECTION, "Inspectors came.", "Nobody came."),
    (ActivityType.CYBER_OPERATION, "It was malware.", "It was software."),
    (ActivityType.DETENTION, "Nine men were detained.", "Nine men were sustained."),
    (ActivityType.PRISONER_RELEASE, "They freed forty prisoners.", "They freed the channel."),
    (ActivityType.ACCIDENT, "The jet crashed.", "The jet landed."),
    (ActivityType.FORCE_DEVELOPMENT, "They procured frigates.", "They sold frigates."),
    (MeetingFormat.TRILATERAL, "It was a trilateral meeting.", "It was bilateral."),
    (MeetingFormat.MULTILATERAL, "It was a summit.", "It was a meeting."),
    (MeetingFormat.VISIT, "He travelled there.", "He stayed."),
    (MeetingFormat.PHONE, "They spoke by telephone.", "They met."),
    (MeetingFormat.VIDEO, "It was a video conference.", "They met."),
    (MeetingFormat.ON_MARGINS, "They met on the sidelines.", "They met."),
    (MeetingFormat.SIGNING, "They signed it.", "It was significant."),
    (MeetingStatus.ONGOING, "The talks continue.", "The talks ended."),
    (MeetingStatus.PLANNED, "They will meet.", "They met."),
    (MeetingStatus.PROPOSED, "They offered talks.", "They held talks."),
    (MeetingStatus.CANCELLED, "The talks were called off.", "The talks were held."),
    (MeetingStatus.REFUSED, "They rejected talks.", "They held talks."),
    (Realis.ONGOING, "They are attacking.", "They attacked."),
    (Realis.PLANNED, "They plan an attack.", "They attacked."),
    (Realis.PROPOSED, "They called for an attack.", "They attacked."),
    (Realis.THREATENED, "They threatened an attack.", "They attacked."),
    (Realis.ATTEMPTED, "The attack was foiled.", "They attacked."),
    (Realis.PREDICTED, "An attack is likely.", "They attacked."),
    (Realis.HYPOTHETICAL, "They might attack.", "They attacked."),
    (Realis.DID_NOT_OCCUR, "They denied the attack.", "They attacked."),
    (AssessmentType.INTENT, "They seek a war.", "There is war."),
    (AssessmentType.FORECAST, "There will be war.", "There is war."),
    (AssessmentType.THREAT, "It is dangerous.", "It is calm."),
    (AssessmentType.RESPONSIBILITY, "They are to blame.", "They are here."),
    (AssessmentType.LEGALITY, "It is unlawful, and a violation.", "It is said."),
    (AssessmentType.DAMAGE, "It destroyed the port.", "It left the port."),
    (AssessmentType.RECOMMENDATION, "They should leave.", "They left."),
    (AssessmentType.CONCERN, "They are worried.", "They are glad."),
    (AssessmentType.CAPABILITY, "They are able to fight.", "They fight."),
    (MotiveCategory.DETERRENCE, "It deters them.", "It pleases them."),
    (MotiveCategory.COERCIVE_SIGNALLING, "It sends a message.", "It pleases them."),
    (MotiveCategory.RETALIATION, "It was revenge.", "It was a start."),
    (MotiveCategory.SELF_DEFENCE, "They protect the coast.", "They like the coast."),
    (MotiveCategory.TERRITORIAL_CONTROL, "They want the border.", "They want a say."),
    (MotiveCategory.REGIME_SECURITY, "They fear a coup.", "They fear a storm."),
    (MotiveCategory.ALLIANCE_BUILDING, "They want cooperation.", "They want a say."),
    (MotiveCategory.CAPABILITY_BUILDING, "They rebuild the fleet.", "They like the fleet."),
    (MotiveCategory.INTELLIGENCE_DENIAL, "They fear espionage.", "They fear a storm."),
    (MotiveCategory.PRETEXT_OR_DECEPTION, "It was a pretext.", "It was a start."),
    (MotiveCategory.DIVERSION, "It distracts them.", "It pleases them."),
    (MotiveCategory.DOMESTIC_POLITICS, "They want the voters.", "They want a say."),
    (MotiveCategory.ECONOMIC_GAIN, "They want oil.", "They want a say."),
    (MotiveCategory.IDEOLOGICAL, "They want a caliphate.", "They want a say."),
    (MotiveCategory.HUMANITARIAN, "They evacuate civilians.", "They drive home."),
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_cue_is_a_pattern_that_matches_no_nothing(pattern: str) -> None:
    assert re.compile(rf"\b(?:{pattern})").search("") is None
    assert "()" not in pattern
    assert not re.search(r"\|\||\(\?:\||\|\)|^\||\|$", pattern), "an empty alternative"


@pytest.mark.parametrize("vocabulary", ENGLISH)
def test_cues_stand_under_values_of_their_vocabulary(vocabulary: type[Vocabulary]) -> None:
    for value in ENGLISH[vocabulary]:
        assert isinstance(value, vocabulary)
    assert set(ENGLISH[vocabulary]) < set(vocabulary), "some values are always offered"


def test_every_value_with_cues_has_its_sentences_here() -> None:
    known = [value for cues in ENGLISH.values() for value in cues if value != Realis.UNKNOWN]
    assert {(type(value), value) for value, _, _ in SAID} == {
        (type(value), value) for value in known
    }


@pytest.mark.parametrize(("value", "said", "other"), SAID)
def test_a_value_is_offered_where_its_cue_stands_and_only_there(
    value: Vocabulary, said: str, other: str
) -> None:
    assert value in offered(type(value), said)
    assert value not in offered(type(value), other)


def test_values_without_cues_are_always_offered() -> None:
    assert MeetingFormat.BILATERAL in offered(MeetingFormat, "")
    assert AssessmentType.SIGNIFICANCE in offered(AssessmentType, "Nothing is said.")
    assert offered(Realis, "They attacked.") == (Realis.OCCURRED,)


def test_other_is_for_want_of_anything_better() -> None:
    assert offered(ActivityType, "They sang.") == (ActivityType.OTHER,)
    assert ActivityType.OTHER not in offered(ActivityType, "They shelled the port.")
    assert offered(MotiveCategory, "They sang.") == (MotiveCategory.OTHER,)


def test_unknown_is_offered_where_nothing_else_is_left() -> None:
    """It was once replaced by a value that the vocabulary doesn't have."""
    assert offered(Realis, "It is unclear who urges it.") == (Realis.UNKNOWN,)


@pytest.mark.parametrize(
    "sentence",
    [
        "They will attack.",
        "They are preparing to attack.",
        "They threatened to attack.",
        "They called for an attack.",
        "They did not attack.",
        "They should attack.",
    ],
)
def test_what_is_still_to_come_is_not_offered_as_done(sentence: str) -> None:
    assert Realis.OCCURRED not in offered(Realis, f"{sentence} It may be possible; they plan.")


def test_what_will_have_been_done_may_be_offered_as_done() -> None:
    assert Realis.OCCURRED in offered(Realis, "By noon they will have attacked.")
    assert offered(MeetingStatus, "They urged a meeting.") == (MeetingStatus.HELD,)


def test_of_a_vocabulary_without_cues_every_value_is_offered() -> None:
    assert offered(LikelihoodBand, "Nothing.") == tuple(LikelihoodBand)


@given(st.sampled_from([*ENGLISH, LikelihoodBand]), st.text(max_size=60))
def test_something_of_the_vocabulary_is_always_offered_once(
    vocabulary: type[Vocabulary], text: str
) -> None:
    found = offered(vocabulary, text)
    assert found
    assert set(found) <= set(vocabulary)
    assert list(found) == [value for value in vocabulary if value in found]


def test_every_activity_speaks_for_its_section() -> None:
    for value, said, _ in SAID:
        assert hits(ACTIVITY, said) or not isinstance(value, ActivityType)


@pytest.mark.parametrize(
    ("section", "sentence"),
    [
        ("purpose", "It was aimed at deterring them."),
        ("purpose", "They came in order to help."),
        ("purpose", "It sends a clear message."),
        ("judgement", "She warned of it."),
        ("judgement", "It shows weakness."),
        ("encounter", "The ministers met in Sorren."),
        ("encounter", "They held two long talks."),
        ("encounter", "They signed a new treaty."),
        ("encounter", "It was raised at the conference."),
    ],
)
def test_a_sentence_speaks_for_a_section(section: str, sentence: str) -> None:
    assert hits(SECTIONS[section], sentence)


@pytest.mark.parametrize(
    ("section", "sentence"),
    [
        ("activity", "The council voted."),
        ("purpose", "It pleased them."),
        ("judgement", "The council voted."),
        ("encounter", "They meet the demands."),
        ("encounter", "He spoke at a news conference."),
        ("encounter", "He talks."),
        ("encounter", "It was significant."),
    ],
)
def test_a_sentence_does_not_speak_for_a_section(section: str, sentence: str) -> None:
    assert not hits(SECTIONS[section], sentence)


def test_hits_are_different_cues_in_any_case() -> None:
    assert hits("attack|bomb", "Attack, attack, ATTACK, bombs, counterattack.") == 2
    assert hits("attack", "") == 0


@pytest.mark.parametrize(
    ("sentence", "status", "cue"),
    [
        ("They Denied that it was so.", ClaimStatus.DENIED, "Denied"),
        ("It is disputed.", ClaimStatus.DISPUTED, "disputed"),
        ("They accused Norland.", ClaimStatus.ACCUSED, "accused"),
        ("They claimed the port.", ClaimStatus.CLAIMED, "claimed"),
        ("They confirmed it.", ClaimStatus.CONFIRMED, "confirmed"),
        ("It was reportedly so.", ClaimStatus.REPORTED, "reportedly"),
        ("It was so, according to them.", ClaimStatus.REPORTED, "according to"),
        ("They said it was so.", ClaimStatus.ASSERTED, "said"),
        ("They said how to verify it.", ClaimStatus.ASSERTED, "said"),
        ("It was so, and the court verified it.", ClaimStatus.CONFIRMED, "verified"),
        ("They said that Norland denied it.", ClaimStatus.DENIED, "denied"),
        ("It was so.", ClaimStatus.ASSERTED, None),
        ("A contestant sang.", ClaimStatus.ASSERTED, None),
        ("The reporter sang.", ClaimStatus.ASSERTED, None),
        ("", ClaimStatus.ASSERTED, None),
    ],
)
def test_how_a_source_stands_to_it_is_told_by_its_cue(
    sentence: str, status: ClaimStatus, cue: str | None
) -> None:
    assert standing(sentence) == (status, cue)


def test_what_is_done_to_nobody_is_a_type_of_activity() -> None:
    assert set(ActivityType) > AIMLESS
    assert ActivityType.AIR_STRIKE not in AIMLESS


def test_topics_are_on_one_side_or_the_other() -> None:
    assert not {*TOPICS} & {*OTHER_TOPICS}
    assert len({*TOPICS, *OTHER_TOPICS}) == len(TOPICS) + len(OTHER_TOPICS)


REPEATED = [
    ("pass", 100_000),
    ("exchang", 60_000),
    (" ", 150_000),
    ("test ", 10_000),
    ("held a-a ", 6_000),
    ("free ", 10_000),
    ("a.", 20_000),
    ("for ", 10_000),
    ("in the ", 8_000),
    ("will ", 10_000),
]


@pytest.mark.parametrize(("word", "times"), REPEATED)
def test_no_cue_blows_up(word: str, times: int) -> None:
    text = word * times
    with ends():
        for pattern in PATTERNS:
            hits(pattern, text)
        standing(text)


WITHIN_A_WORD = re.compile(r"(?:\\w|\[\\w-\])[*+]")


@pytest.mark.parametrize("pattern", PATTERNS)
def test_nothing_in_a_cue_repeats_without_end_but_the_letters_of_a_word(pattern: str) -> None:
    """So a cue looks no further than some words ahead, wherever it begins."""
    assert not re.search(r"(?<!\\)[*+]|,\}", WITHIN_A_WORD.sub("", pattern))


def test_to_retaliate_is_an_act_and_no_purpose() -> None:
    assert hits(PURPOSE, "The shelling was in retaliation for the raid.")
    assert not hits(PURPOSE, "Norland did not retaliate, saying that it was not worth it.")
