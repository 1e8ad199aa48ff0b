"""What becomes of what is not supported: the policies that can be asked for."""

from __future__ import annotations

POLICIES = ("mend", "drop", "flag", "raise")
"""Asked for once more and then left out; left out; kept with an issue; raised."""
