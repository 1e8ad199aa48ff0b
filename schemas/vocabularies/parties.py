"""What kind of actor a party is."""

from __future__ import annotations

from summarizer.schemas.vocabulary import Vocabulary


class PartyKind(Vocabulary):
    """The kind of a party, by what it is rather than by whom it serves.

    `plover` is the actor sector of PLOVER that the kind falls under; it is absent where PLOVER has
    none (a state is a country there, not a sector) or where several would do.
    """

    STATE = "state", "a country as a whole"
    GOVERNMENT_BODY = "government_body", "a government, ministry or state agency", "GOV"
    ARMED_FORCE = "armed_force", "an army, navy, air force or unit", "MIL"
    LAW_ENFORCEMENT = "law_enforcement", "police, gendarmerie or border guard", "COP"
    PARAMILITARY = "paramilitary", "an armed body beside the regular forces", "PRM"
    INTELLIGENCE_SERVICE = "intelligence_service", "an intelligence or security service", "SPY"
    NON_STATE_ARMED_GROUP = "non_state_armed_group", "rebels, militants or a militia", "REB"
    IGO = "igo", "an organisation whose members are states", "IGO"
    ALLIANCE = "alliance", "a military or political alliance of states", "IGO"
    NGO = "ngo", "a non-governmental or humanitarian organisation", "NGO"
    POLITICAL_PARTY = "political_party", "a political party or movement", "PTY"
    MEDIA = "media", "a news outlet or agency", "MED"
    COMPANY = "company", "a business, risk consultancies included", "BUS"
    THINK_TANK = "think_tank", "a research or policy institute"
    OFFICIAL = "official", "a person holding office or rank", "GOV"
    EXPERT = "expert", "a person cited as an analyst"
    CIVILIAN_GROUP = "civilian_group", "civilians, residents, protesters or refugees", "CVL"
    OTHER = "other", "none of these"
