"""A browser, for the tests that are marked so."""

from __future__ import annotations

from browsing import browser, show

__all__ = ["browser", "show"]  # the fixtures of another module
