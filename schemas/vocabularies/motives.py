"""Why a party is said to act, and who says so."""

from __future__ import annotations

from summarizer.schemas.vocabulary import Vocabulary


class MotiveCategory(Vocabulary):
    """The purpose that is claimed for an act."""

    DETERRENCE = "deterrence", "to discourage an attack or act"
    COERCIVE_SIGNALLING = "coercive_signalling", "to send a warning or message"
    RETALIATION = "retaliation", "to answer an earlier act"
    SELF_DEFENCE = "self_defence", "to protect itself from attack"
    TERRITORIAL_CONTROL = "territorial_control", "to hold or take an area"
    REGIME_SECURITY = "regime_security", "to keep those in power there"
    ALLIANCE_BUILDING = "alliance_building", "to bind partners closer"
    CAPABILITY_BUILDING = "capability_building", "to become stronger or more skilled"
    INTELLIGENCE_DENIAL = "intelligence_denial", "to keep others from observing"
    PRETEXT_OR_DECEPTION = "pretext_or_deception", "to cover another purpose"
    DIVERSION = "diversion", "to draw attention or forces away"
    DOMESTIC_POLITICS = "domestic_politics", "to win support at home"
    ECONOMIC_GAIN = "economic_gain", "to gain money, trade or resources"
    IDEOLOGICAL = "ideological", "to serve a belief or cause"
    HUMANITARIAN = "humanitarian", "to relieve or protect people"
    OTHER = "other", "none of these"


class MotiveStance(Vocabulary):
    """How whoever names the motive stands to the party that it is ascribed to."""

    SELF_DECLARED = "self_declared", "the party says so itself"
    ADVERSARY = "adversary", "an opponent says so"
    ALLY = "ally", "a partner says so"
    EXPERT = "expert", "an analyst says so"
    MEDIA = "media", "a news outlet says so"
    NARRATOR = "narrator", "the article says so itself"
