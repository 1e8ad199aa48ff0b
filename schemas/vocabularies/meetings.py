"""How, at what level and whether parties met."""

from __future__ import annotations

from summarizer.schemas.vocabulary import Vocabulary


class MeetingFormat(Vocabulary):
    """The form of a meeting. `cameo` is the code for consulting in that form, where one exists."""

    BILATERAL = "bilateral", "two sides"
    TRILATERAL = "trilateral", "three sides"
    MULTILATERAL = "multilateral", "more than three sides, summits included"
    VISIT = "visit", "one side travels to the other", None, "042"
    PHONE = "phone", "a telephone call", None, "041"
    VIDEO = "video", "a video conference"
    ON_MARGINS = "on_margins", "beside a larger event"
    SIGNING = "signing", "an agreement is signed", None, "057"


class MeetingLevel(Vocabulary):
    """The rank of those who met, by the highest present on each side."""

    HEAD_OF_STATE_OR_GOVERNMENT = "head_of_state_or_government", "presidents, monarchs, premiers"
    MINISTERIAL = "ministerial", "ministers"
    SENIOR_OFFICIAL = "senior_official", "deputies, advisers, directors"
    ENVOY = "envoy", "ambassadors and special envoys"
    MILITARY = "military", "commanders and chiefs of staff"
    TECHNICAL = "technical", "experts and working groups"
    UNSPECIFIED = "unspecified", "the article does not tell"


class MeetingStatus(Vocabulary):
    """Did the meeting take place? In the place of `Realis`.

    `cameo` is what a meeting is coded as when it is only intended or turned down.
    """

    HELD = "held", "it took place"
    ONGOING = "ongoing", "it is taking place"
    PLANNED = "planned", "agreed or announced for later", None, "036"
    PROPOSED = "proposed", "invited or offered, not agreed"
    CANCELLED = "cancelled", "agreed once, then called off"
    REFUSED = "refused", "turned down by one side", None, "125"
