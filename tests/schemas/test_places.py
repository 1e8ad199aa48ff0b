"""Country codes are those of ISO 3166-1, from exact names only."""

from __future__ import annotations

import pycountry
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from summarizer.schemas import Place
from summarizer.schemas.places import EVERYDAY_NAMES, country_code


@pytest.mark.parametrize(
    ("given_as", "code"),
    [
        ("IRN", "IRN"),
        ("IR", "IRN"),
        ("Iran", "IRN"),
        ("islamic republic of iran", "IRN"),
        ("Russia", "RUS"),
        ("Russian  Federation", "RUS"),
        ("U.S.", "USA"),
        ("United States", "USA"),
        ("North Korea", "PRK"),
        ("Côte d'Ivoire", "CIV"),
        (" Georgia\n", "GEO"),
    ],
)
def test_codes_and_exact_names_lead_to_the_code(given_as: str, code: str) -> None:
    assert country_code(given_as) == code


@pytest.mark.parametrize(
    "given_as", ["", "in", "irn", "XX", "XXX", "Kosovo", "Iranian", "Tehran", "Irann", "USSR", "EU"]
)
def test_nothing_is_guessed(given_as: str) -> None:
    assert country_code(given_as) is None


def test_everyday_names_are_case_folded_real_and_needed() -> None:
    for name, code in EVERYDAY_NAMES.items():
        assert name == name.casefold()
        country = pycountry.countries.get(alpha_3=code)
        assert country is not None
        listed = (getattr(country, key, "") for key in ("name", "common_name", "official_name"))
        assert name not in {entry.casefold() for entry in listed}


@settings(deadline=None)  # the first call loads what the others use
@given(st.text())
def test_any_text_gives_a_real_code_or_none(text: str) -> None:
    code = country_code(text)
    assert code is None or pycountry.countries.get(alpha_3=code) is not None


def test_a_place_holds_an_alpha_3_code_and_nothing_else() -> None:
    assert Place(text="Tehran", country="IR").country == "IRN"
    assert Place(text="the Caspian Sea").country is None
    with pytest.raises(ValidationError, match="ISO 3166-1"):
        Place(text="Mordor", country="MOR")


def test_a_place_has_no_coordinates() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        Place.model_validate({"text": "Anzali", "lat": 37.5})
