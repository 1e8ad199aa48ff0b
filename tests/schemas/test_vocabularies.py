"""Every value of every vocabulary says what it means and carries well-formed codes."""

from __future__ import annotations

import copy
import pickle
import re

import pytest

from summarizer.schemas import vocabularies
from summarizer.schemas.vocabularies import (
    ActivityType,
    AssessmentType,
    ClaimStatus,
    Confidence,
    DateBasis,
    LikelihoodBand,
    MeetingFormat,
    MeetingLevel,
    MeetingStatus,
    MotiveCategory,
    MotiveStance,
    PartyKind,
    PlaceKind,
    QuantityMeasure,
    QuoteMode,
    Realis,
    SourceKind,
)
from summarizer.schemas.vocabulary import Vocabulary

ALL: list[type[Vocabulary]] = [getattr(vocabularies, name) for name in vocabularies.__all__]

VALUES: dict[type[Vocabulary], str] = {
    PartyKind: "state government_body armed_force law_enforcement paramilitary "
    "intelligence_service non_state_armed_group igo alliance ngo political_party media company "
    "think_tank official expert civilian_group other",
    ActivityType: "joint_exercise national_exercise weapons_test deployment alert withdrawal "
    "air_strike drone_strike missile_or_artillery_strike ground_clash bombing suicide_attack "
    "assassination abduction territorial_change blockade seizure_or_interdiction ceasefire "
    "ceasefire_violation arms_transfer training intelligence_sharing peacekeeping "
    "nuclear_activity inspection cyber_operation detention prisoner_release accident "
    "force_development other",
    Realis: "occurred ongoing planned proposed threatened attempted predicted hypothetical "
    "did_not_occur unknown",
    MeetingFormat: "bilateral trilateral multilateral visit phone video on_margins signing",
    MeetingLevel: "head_of_state_or_government ministerial senior_official envoy military "
    "technical unspecified",
    MeetingStatus: "held ongoing planned proposed cancelled refused",
    AssessmentType: "capability intent forecast threat responsibility legality significance "
    "damage recommendation concern",
    QuoteMode: "direct indirect mixed",
    LikelihoodBand: "almost_no_chance very_unlikely unlikely roughly_even likely very_likely "
    "almost_certain",
    Confidence: "high moderate low",
    MotiveCategory: "deterrence coercive_signalling retaliation self_defence "
    "territorial_control regime_security alliance_building capability_building "
    "intelligence_denial pretext_or_deception diversion domestic_politics economic_gain "
    "ideological humanitarian other",
    MotiveStance: "self_declared adversary ally expert media narrator",
    ClaimStatus: "asserted reported claimed accused denied disputed confirmed",
    SourceKind: "named anonymous unspecified document",
    PlaceKind: "facility city admin1 country region sea_or_strait airspace undisclosed",
    QuantityMeasure: "killed wounded detained displaced troops aircraft vessels vehicles "
    "strikes sites money duration other",
    DateBasis: "explicit relative_to_publication relative_to_event inferred",
}


def test_every_vocabulary_is_exported_in_order() -> None:
    assert vocabularies.__all__ == sorted(vocabularies.__all__)
    assert {cls.__name__ for cls in Vocabulary.__subclasses__()} == set(vocabularies.__all__)


@pytest.mark.parametrize("vocabulary", VALUES, ids=lambda cls: cls.__name__)
def test_values_are_those_of_the_public_record(vocabulary: type[Vocabulary]) -> None:
    """A renamed value breaks stored results and gold files, so it has to break this first."""
    assert [member.value for member in vocabulary] == VALUES[vocabulary].split()


@pytest.mark.parametrize("vocabulary", ALL, ids=lambda cls: cls.__name__)
def test_every_value_is_documented_and_its_codes_are_well_formed(
    vocabulary: type[Vocabulary],
) -> None:
    assert vocabulary.__doc__
    for member in vocabulary:
        assert member.name == member.value.upper()
        assert 1 <= len(member.meaning.split()) <= 8, member
        assert member.plover is None or re.fullmatch(r"[A-Z]{3,9}(:[a-z-]+)?|[a-z]+", member.plover)
        assert member.cameo is None or re.fullmatch(r"(0[1-9]|1[0-9]|20)[0-9]{1,2}", member.cameo)


@pytest.mark.parametrize("vocabulary", ALL, ids=lambda cls: cls.__name__)
def test_no_two_values_mean_the_same(vocabulary: type[Vocabulary]) -> None:
    assert len(vocabulary.__members__) == len(list(vocabulary)), "a value is an alias of another"
    meanings = [member.meaning for member in vocabulary]
    assert len(set(meanings)) == len(meanings)


def test_a_member_is_its_value_and_survives_copying_and_pickling() -> None:
    member = ActivityType.JOINT_EXERCISE
    assert str(member) == member == "joint_exercise"
    assert ActivityType("joint_exercise") is member
    assert pickle.loads(pickle.dumps(member)) is member
    assert copy.deepcopy(member) is member


def test_a_glossary_has_one_line_per_value() -> None:
    assert QuoteMode.glossary().splitlines()[0] == (
        "direct: the assessor's words, in quotation marks"
    )
    assert len(ActivityType.glossary().splitlines()) == len(ActivityType)


def test_the_base_of_vocabularies_demands_a_meaning() -> None:
    with pytest.raises(TypeError):

        class Mute(Vocabulary):
            VALUE = "value"
