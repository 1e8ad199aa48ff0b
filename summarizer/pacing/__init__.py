"""How many requests go to an endpoint at once, and how many in a minute."""

from __future__ import annotations

from summarizer.pacing.pacer import Pacer, Turn

__all__ = ["Pacer", "Turn"]
