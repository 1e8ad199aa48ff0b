"""What kind of place a location is."""

from __future__ import annotations

from summarizer.schemas.vocabulary import Vocabulary


class PlaceKind(Vocabulary):
    """The kind of a place, from the narrowest up."""

    FACILITY = "facility", "a base, plant, port or building"
    CITY = "city", "a city, town or village"
    ADMIN1 = "admin1", "a province, state or oblast"
    COUNTRY = "country", "a state's territory"
    REGION = "region", "an area within or across states"
    SEA_OR_STRAIT = "sea_or_strait", "a sea, strait, gulf or river"
    AIRSPACE = "airspace", "the air above a place"
    UNDISCLOSED = "undisclosed", "withheld by the source"
