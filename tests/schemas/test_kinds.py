"""A name tells its bearer's kind, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.schemas.kinds import kind_of
from summarizer.schemas.vocabularies import PartyKind

NAMES = {
    PartyKind.STATE: ["Norway", "Iran", "U.S.", "UK", "Russia", "the Netherlands", "DPRK"],
    PartyKind.MEDIA: ["Sorren News", "Kest Times", "Radio Talvinia", "TASS", "Orlo Guardian"],
    PartyKind.IGO: ["United Nations", "UN", "U.N.", "IAEA", "UN Security Council", "G7", "EU"],
    PartyKind.ALLIANCE: ["NATO", "Sorren Alliance", "Coalition of the North"],
    PartyKind.ARMED_FORCE: [
        "Talvinian Navy",
        "Ardanian Armed Forces",
        "Kest Coast Guard",
        "Task Force 50",
        "Army of Talvinia",
    ],
    PartyKind.LAW_ENFORCEMENT: ["Sorren Police", "Talvinian Border Guard", "Interpol"],
    PartyKind.INTELLIGENCE_SERVICE: ["CIA", "MI6", "Orlo Intelligence Service"],
    PartyKind.NON_STATE_ARMED_GROUP: ["Hamas", "Houthis", "al-Qaeda", "Kest Liberation Front"],
    PartyKind.GOVERNMENT_BODY: [
        "Ministry of Defence",
        "Talvinian Foreign Ministry",
        "State Department",
        "Kremlin",
        "Guardian Council",
        "Supreme National Security Council",
        "Post Office",
    ],
    PartyKind.THINK_TANK: ["Harrow Institute", "Orlo Center", "University of Sorren"],
    PartyKind.NGO: ["Red Cross", "Sorren Fishing Association"],
    PartyKind.POLITICAL_PARTY: ["Harbour Party", "Free Sorren Movement"],
    PartyKind.COMPANY: ["Orlo Shipping Corp.", "Kest Industries", "Harbour Group"],
}


@pytest.mark.parametrize(
    ("name", "kind"), [(name, kind) for kind, names in NAMES.items() for name in names]
)
def test_a_name_tells_its_kind(name: str, kind: PartyKind) -> None:
    assert kind_of(name) is kind


@pytest.mark.parametrize(
    "name",
    [
        "Ana Ruiz",
        "Ruiz",
        "Marta Oyelaran",
        "Tomas Vey",
        "Ilya K. Brandt",
        "Park Ji-won",
        "Abdul al-Orlo",
        "Armyn Vey",
        "Newson",
        "Postel",
        "Unger",
        "Natoli",
        "Times Square",
        "Cape Orlo",
        "in",
        "",
    ],
)
def test_persons_and_places_tell_nothing(name: str) -> None:
    assert kind_of(name) is None


@given(st.text(max_size=40))
def test_any_text_has_an_answer(name: str) -> None:
    assert kind_of(name) in {None, *PartyKind}


@pytest.mark.parametrize("name", ["Kim Jong Un", "Ba Un"])
def test_a_persons_name_that_ends_in_two_letters_is_no_organisation(name: str) -> None:
    assert kind_of(name) is None
