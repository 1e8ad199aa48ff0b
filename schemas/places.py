"""Places as the article names them, and ISO 3166 country codes."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from pydantic import AfterValidator, Field

from summarizer.schemas.evidence import Record
from summarizer.schemas.markers import Exactly, FullOnly, Limit, Verbatim
from summarizer.schemas.vocabularies import PlaceKind

EVERYDAY_NAMES = {
    "america": "USA",
    "britain": "GBR",
    "brunei": "BRN",
    "burma": "MMR",
    "cape verde": "CPV",
    "democratic republic of the congo": "COD",
    "democratic republic of congo": "COD",
    "dprk": "PRK",
    "dr congo": "COD",
    "east timor": "TLS",
    "great britain": "GBR",
    "ivory coast": "CIV",
    "macau": "MAC",
    "palestine": "PSE",
    "republic of korea": "KOR",
    "russia": "RUS",
    "swaziland": "SWZ",
    "the gambia": "GMB",
    "the netherlands": "NLD",
    "turkey": "TUR",
    "u.k.": "GBR",
    "u.s.": "USA",
    "uae": "ARE",
    "uk": "GBR",
    "vatican": "VAT",
    "vatican city": "VAT",
}
"""Names in common use that ISO 3166 doesn't list, case-folded."""


@cache
def codes_by_name() -> dict[str, str]:
    """The alpha-3 codes of all countries by their codes, in capitals, and names, case-folded."""
    import pycountry

    codes = dict(EVERYDAY_NAMES)
    for country in pycountry.countries:
        for attribute in ("name", "common_name", "official_name"):
            name = getattr(country, attribute, None)
            if name:
                codes[name.casefold()] = country.alpha_3
        codes[country.alpha_2] = codes[country.alpha_3] = country.alpha_3
    return codes


def country_code(name_or_code: str) -> str | None:
    """The ISO 3166-1 alpha-3 code of a country, or None for anything that isn't surely one.

    Takes a code of two or three capitals ("IR", "IRN"), or, in any case, an English name: ISO's
    own, its official and common ones ("Iran", "Islamic Republic of Iran") and those of
    `EVERYDAY_NAMES`. Nothing is searched for by likeness.
    """
    given = " ".join(name_or_code.split())
    codes = codes_by_name()
    # Codes are kept in capitals and names case-folded, so that the word "in" is not India.
    return codes.get(given) or codes.get(given.casefold())


def _checked(country: str | None) -> str | None:
    if country is None:
        return None
    code = country_code(country)
    if code is None:
        raise ValueError("not a country of ISO 3166-1; give its alpha-3 code, or null")
    return code


CountryCode = Annotated[str | None, AfterValidator(_checked), Exactly(), Limit(chars=3)]
"""An ISO 3166-1 alpha-3 code or null. Names and alpha-2 codes that are surely a country become its
code; anything else is a validation error."""


class Place(Record):
    """A place by its name in the article; never by coordinates."""

    text: Annotated[str, Verbatim(), Limit(chars=80)] = Field(
        min_length=1, description="The place as the article names it."
    )
    kind: Annotated[PlaceKind | None, FullOnly()] = Field(default=None, description="What it is.")
    country: Annotated[CountryCode, FullOnly()] = Field(
        default=None, description="ISO alpha-3 code of the country that it lies in."
    )
