"""The limit of an endpoint that nobody knows, found by trying.

It works in rounds of as many answers as may be under way, which is about a round trip:

- *doubling*: each answer opens one slot more (slow start: Jacobson, "Congestion Avoidance and
  Control", 1988), until two rounds brought no quarter more answers a second (the full pipe of
  Cardwell et al., "BBR: Congestion-Based Congestion Control", 2016). Latency alone doesn't end
  it: a server that batches gets slower with each request and still does more in all. Then the
  limit is what Little's law gives, rate × latency without a queue, and some headroom, so that
  the endpoint doesn't wait for us.
- *holding*: nothing changes, until after some rounds, the more the less often it paid, it is
- *probing*: a few slots more for two rounds, kept if they brought more answers a second.
- *recovering*: refusals have halved the limit, once in a round trip (the multiplicative
  decrease of Chiu and Jain, "Analysis of the Increase and Decrease Algorithms", 1989). Each
  answer opens a slot until one below what was refused (the plateau of CUBIC, RFC 9438). A
  probe that is refused is only taken back. A single refusal is no reason for either: whether
  there are more than come whatever the load is for `Refusals` to say.

Below one, the limit is a pause after each request, so that an allowance per minute which the
endpoint keeps to itself is found in the same way.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from summarizer.pacing.refusals import Refusals
from summarizer.pacing.rounds import Best, Round

if TYPE_CHECKING:
    from summarizer.pacing.limits import Sent

START = 8
GAIN = 1.25
"""By how much the rate has to grow while the limit doubles."""
HEADROOM = 1.25
"""How much more than rate × latency is held, and how far a probe goes before it is judged."""
PAYING = 0.4
"""The part of a probe's slots that has to be seen in the rate for them to be kept."""
LEAST_PATIENCE, MOST_PATIENCE = 4, 64
"""Rounds of holding before a probe: few after one that paid, thrice as many after one in vain."""
STEADY_ROUND = 8
"""The fewest answers in a round that is compared with others of the same limit."""
LEAST = 1e-3
LONGEST_PAUSE = 30.0

Mode = Literal["doubling", "recovering", "holding", "probing"]


class AdaptiveLimit:
    """A limit between a long pause after each request and `most` at once."""

    def __init__(self, most: int) -> None:
        self._most = float(most)
        self._limit = self._held = self._proven = float(min(START, most))
        self._ceiling = math.inf
        self._number = self._last_before_cut = 0
        self._latency = 0.0
        self._refusals = Refusals()
        self._patience = self._rest = LEAST_PATIENCE
        self._settled = False
        self._usual = self._step = 0.0
        self._round: Round | None = None
        self._double()

    @property
    def slots(self) -> int:
        """How many may be under way now, at least 1."""
        return max(1, int(self._limit))

    @property
    def pause(self) -> float:
        """Seconds to wait after a request, above 0 where the limit is below one."""
        if self._limit >= 1.0:
            return 0.0
        return min(self._latency * (1.0 / self._limit - 1.0), LONGEST_PAUSE)

    def sent(self, sent: Sent, now: float) -> None:
        """A request was sent."""
        self._number = sent.number
        self._refusals.sent()
        if self._round is None:
            self._round = Round(now, self.slots)
        self._round.full |= sent.under_way >= self.slots

    def answered(self, sent: Sent, seconds: float, now: float) -> None:
        """It was served, which took `seconds`."""
        self._latency += (seconds - self._latency) * (0.1 if self._latency else 1.0)
        running = self._round
        if running is None or sent.number <= self._last_before_cut:
            return
        running.add(seconds)
        if self._growing and seconds <= self._quick:
            more = min(self._limit, 1.0)
            self._limit = min(self._limit + more, 2.0 * running.size, self._roof)
        if running.answers >= running.size:
            if running.full:
                self._judge(running, now)
            self._begin_round(now)

    def refused(self, sent: Sent, now: float) -> None:
        """There was no room for it, or no answer came."""
        if sent.number <= self._last_before_cut or self._round is None:
            return
        self._round.refuse(sent.under_way)
        if not self._refusals.alarm(self._limit):
            return
        if self._mode == "probing":
            self._ceiling = self._held
            self._take_back()
        else:
            self._cut(self._round)
        self._last_before_cut = self._number
        self._begin_round(now)

    @property
    def _roof(self) -> float:
        return min(self._most, self._ceiling)

    @property
    def _goal(self) -> float:
        """How far a probe goes, in steps that double."""
        return min(self._most, HEADROOM * self._held)

    def _cut(self, alarmed: Round) -> None:
        if self._mode == "recovering":
            self._refusals.learn(alarmed.answers, alarmed.refused)
        limit = self._limit if alarmed.full else min(self._limit, float(max(alarmed.lowest, START)))
        self._limit = max(limit / 2.0, LEAST)
        if alarmed.answers or self._mode != "recovering":  # else it is down, or we are far above
            below = min(alarmed.lowest - 1.0, limit) if limit > 1.0 else 0.9 * limit
            self._ceiling = max(below, self._limit)
        self._mode: Mode = "recovering"
        self._growing, self._quick = True, math.inf

    def _double(self, best: Best | None = None) -> None:
        self._mode = "doubling"
        self._ceiling = math.inf
        self._growing = True
        self._best = best or Best()
        self._quick = 2.0 / GAIN * self._best.latency
        self._proven = self._limit
        self._doubts = 0

    def _hold(self, limit: float) -> None:
        self._mode = "holding"
        self._growing = self._settled = False
        self._limit = self._held = limit
        self._rest = self._patience
        self._usual = 0.0

    def _begin_round(self, now: float) -> None:
        least = 2 if self._growing else STEADY_ROUND
        self._round = Round(now, max(least, math.ceil(self._limit)))

    def _judge(self, ended: Round, now: float) -> None:
        rate = ended.rate(now)
        if self._growing:
            self._refusals.learn(ended.answers, ended.refused)
        if self._mode == "doubling":
            self._judge_doubling(ended, rate)
        elif self._mode == "recovering":
            if self._limit >= self._roof:
                self._hold(self._limit)
        elif self._mode == "probing" and 1.0 < self._limit < self._goal:
            self._probe(2.0 * self._step)
        elif not self._settled:  # some of its answers are to requests sent under another limit
            self._settled = True
        elif self._mode == "holding":
            self._proven = max(self._proven, self._limit)
            self._usual += (rate - self._usual) / (4.0 if self._usual else 1.0)
            self._rest -= 1
            if self._rest <= 0 and self._limit < self._most:
                more = max(2.0, self._held * (HEADROOM - 1.0))
                self._probe(1.0 if self._ceiling < math.inf else more)
        else:
            self._judge_probe(ended, rate)

    def _judge_doubling(self, ended: Round, rate: float) -> None:
        doubt = self._best.doubt(ended)
        if rate * (1.0 + doubt) >= GAIN * self._best.rate:
            self._best.beaten(rate, ended)
            self._quick = 2.0 / GAIN * ended.latency
            self._proven = max(self._proven, float(ended.size))
            self._growing, self._doubts = True, 0
            if self._limit >= self._roof:
                self._hold(self._limit)
            return
        self._growing = False
        self._doubts += 1
        if self._doubts == 2:
            needed = max(rate, self._best.rate) * self._best.latency
            self._hold(min(max((HEADROOM + 2.0 * doubt) * needed, self._proven), self._limit))

    def _probe(self, step: float) -> None:
        self._mode = "probing"
        self._step = step
        self._settled = False
        if self._held < 1.0:
            self._limit = min(self._held * HEADROOM, 1.0)
        else:
            self._limit = min(self._limit + step, self._most)

    def _judge_probe(self, ended: Round, rate: float) -> None:
        more = self._limit / self._held - 1.0
        if rate < self._usual * (1.0 + PAYING * more):
            self._take_back()
            return
        self._patience = LEAST_PATIENCE
        if self._limit < 1.0:
            self._held, self._usual = self._limit, rate
            self._probe(0.0)
        else:
            best = Best()
            best.beaten(rate, ended)
            self._double(best)

    def _take_back(self) -> None:
        self._patience = min(3 * self._patience, MOST_PATIENCE)
        self._hold(self._held)
