"""Which refusals tell of too many requests, and which come whatever the load."""

from __future__ import annotations

SPELL = 32
"""Requests: what happened longer ago hardly counts."""
LONE = 50
"""Requests served in a row before a refusal that is taken for bad luck."""
FEW = 3
"""Requests served in a row that make the refusal after them an isolated one."""
LOW = 0.7
"""Of the limit that was cut: down there the same overload is over."""
MOST_BORNE = 0.35


class Refusals:
    """Remembers what was refused since the last calm spell.

    A cut of the limit helps against overload: one that refuses single requests, with others
    served in between, is gone once they are halved. Where single requests are refused all the
    same, the load is not the reason, and that many are borne. One refusal
    in fifty is borne in any case where the limit has proved itself, as BBR bears two per cent
    of loss (BBRv3, draft-ietf-ccwg-bbr: BBRLossThresh).
    """

    def __init__(self) -> None:
        self._share = self._borne = 0.0
        self._calm = 0
        self._isolated_at = 0.0
        self.since_cut = 0
        self.level = 0.0
        """The highest limit that was cut since the last calm spell, 0 if none was."""

    def served(self) -> None:
        """A request was served."""
        self._share -= self._share / SPELL
        self._calm += 1
        self.since_cut += 1
        if self._calm >= SPELL:
            self.level = self._isolated_at = 0.0
            if self._share < 1.0 / LONE:
                self._borne = 0.0

    def bears(self, *, proven: bool) -> bool:
        """A request was refused; whether that can be let pass. `proven` is the limit's state."""
        self._share += (1.0 - self._share) / SPELL
        lone, self._calm = self._calm >= LONE, 0
        return self._share <= self._borne or (lone and proven)

    def low(self, limit: float) -> bool:
        """Whether a limit had been cut a good deal further up before."""
        return limit <= LOW * self.level

    def cut(self, limit: float) -> bool:
        """`limit` is to be cut, unless cuts don't help and it is to go back to `level`: False."""
        self._borne = 0.0
        served, self.since_cut = self.since_cut, 0
        if not served or served >= SPELL:  # a row of them, or a stock that has run out
            self._isolated_at = 0.0
        elif served >= FEW:
            if limit <= LOW * self._isolated_at:
                self._borne = min(MOST_BORNE, 2.5 * self._share + 0.05)
                return False
            self._isolated_at = limit
        self.level = max(self.level, limit)
        return True
