"""The wire schema: what a model is asked to write for a user's Pydantic model.

On the wire a model cites sentence numbers in place of `Evidence`, writes names in place of
references, and leaves to code what code does better. A schema is planned once per model,
profile and size; per article, and in the grammar profile only, the closed lists (sentence
numbers, names) are filled in.
"""

from __future__ import annotations

from summarizer.wire.nodes import (
    CITATIONS,
    Held,
    Kind,
    Node,
    Profile,
    Size,
    Slot,
    asked_slots,
    is_section,
    marked,
)
from summarizer.wire.plans import Plan, plan
from summarizer.wire.rendering import TEXT_LIMIT

__all__ = [
    "CITATIONS",
    "TEXT_LIMIT",
    "Held",
    "Kind",
    "Node",
    "Plan",
    "Profile",
    "Size",
    "Slot",
    "asked_slots",
    "is_section",
    "marked",
    "plan",
]
