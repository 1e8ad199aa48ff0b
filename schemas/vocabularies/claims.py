"""How a source stands to what it tells, and what kind of source it is."""

from __future__ import annotations

from summarizer.schemas.vocabulary import Vocabulary


class ClaimStatus(Vocabulary):
    """How a source stands to an item; whether it happened is another question (`Realis`).

    `cameo` is the code of the statement itself: responsibility claimed or denied.
    """

    ASSERTED = "asserted", "stated as fact"
    REPORTED = "reported", "passed on, or hedged with “reportedly”"
    CLAIMED = "claimed", "said of its own deeds, unproven", None, "015"
    ACCUSED = "accused", "held against another"
    DENIED = "denied", "said not to be so", None, "016"
    DISPUTED = "disputed", "called into question"
    CONFIRMED = "confirmed", "borne out by a second source"


class SourceKind(Vocabulary):
    """What kind of source stands behind a statement."""

    NAMED = "named", "a person or body called by name"
    ANONYMOUS = "anonymous", "a person who withholds the name"
    UNSPECIFIED = "unspecified", "“reportedly”, “widely believed”: nobody in particular"
    DOCUMENT = "document", "a report, statement, post or record"
