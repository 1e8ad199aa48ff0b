"""Turns: who may send a request to the endpoint, and when."""

from __future__ import annotations

import logging
import math
from collections import deque
from typing import TYPE_CHECKING, Self

from summarizer.errors import ConfigurationError
from summarizer.pacing.finding import AdaptiveLimit
from summarizer.pacing.headers import Allowance
from summarizer.pacing.limits import FixedLimit, Sent
from summarizer.pacing.minutes import Minute
from summarizer.pacing.notices import Notices, in_words

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Mapping
    from types import TracebackType

    from summarizer.pacing.limits import ConcurrencyLimit

MOST = 256
OVERLOADED = (None, 408, 429, 503, 504, 529)
"""Statuses that say that there was no room or no time; None is no answer."""

log = logging.getLogger("summarizer")


class Pacer:
    """Lets requests go to one endpoint, no faster than it, or the user, allows.

    With `concurrency` that many requests are under way at once. Without it the number is
    found, up to `most`. `requests_per_minute` and `tokens_per_minute` are the endpoint's
    allowance, spent evenly. Turns are given in the order in which they were asked for.

    It is for one event loop at a time, and is shared by all who use the endpoint. Raises
    `ConfigurationError` for a number that is not above zero.
    """

    def __init__(
        self,
        *,
        concurrency: int | None = None,
        most: int = MOST,
        requests_per_minute: float | None = None,
        tokens_per_minute: float | None = None,
    ) -> None:
        for name, value in (
            ("concurrency", concurrency),
            ("most", most),
            ("requests_per_minute", requests_per_minute),
            ("tokens_per_minute", tokens_per_minute),
        ):
            if value is not None and not 0 < value < math.inf:
                raise ConfigurationError(f"{name} has to be above 0, and {value} is not.")
        self._limit: ConcurrencyLimit = (
            AdaptiveLimit(most) if concurrency is None else FixedLimit(concurrency)
        )
        self._requests = None if requests_per_minute is None else Minute(requests_per_minute)
        self._tokens = None if tokens_per_minute is None else Minute(tokens_per_minute)
        self._under_way = self._sent = 0
        self._held_until = self._paused_until = -math.inf
        self._allowance = Allowance()
        self._notices = Notices()
        self._waiting: deque[Turn] = deque()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def limit(self) -> int:
        """How many requests may be under way at once now."""
        return self._limit.slots

    @property
    def idle(self) -> int:
        """How many more requests could be under way, were there any that wait."""
        return max(self._limit.slots - self._under_way - len(self._waiting), 0)

    def turn(self, tokens: int = 0) -> Turn:
        """A turn for one request of about `tokens` tokens, prompt and answer: `async with` it.

        Entering waits until the request may be sent.
        """
        return Turn(self, tokens)

    def failure_is_news(self) -> bool:
        """Whether the user should hear of a request that failed: there was nothing but failures
        for some time, and none was told in the last minute. Who asks has to tell."""
        import asyncio

        return self._notices.failure_is_news(asyncio.get_running_loop().time())

    async def _enter(self, turn: Turn) -> None:
        import asyncio

        loop = asyncio.get_running_loop()
        turn.granted = loop.create_future()
        self._waiting.append(turn)
        self._serve(loop)
        try:
            await turn.granted
        except asyncio.CancelledError:
            if turn.granted.cancelled():
                self._serve(loop)  # that no timer is left for one who has gone
            else:
                self._give_back(turn)
                self._leave(loop)
            raise

    def _serve(self, loop: asyncio.AbstractEventLoop) -> None:
        """Give turns to those who wait, in order, as long as there are any to give."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while self._waiting and self._under_way < self._limit.slots:
            turn = self._waiting[0]
            if turn.granted is None or turn.granted.done():  # cancelled while it waited
                self._waiting.popleft()
                continue
            now = loop.time()
            seconds = self._wait(now)
            if seconds > 0.0:
                self._tell_hold(now)
                self._timer = loop.call_later(seconds, self._serve, loop)
                return
            self._waiting.popleft()
            self._take(turn, now)
            turn.granted.set_result(None)

    def _wait(self, now: float) -> float:
        minutes = (self._requests, self._tokens)
        waits = [minute.wait(now) for minute in minutes if minute]
        return max(self._held_until - now, self._paused_until - now, 0.0, *waits)

    def _tell_hold(self, now: float) -> None:
        """Tell that somebody waits because the endpoint asked for it, if that is news."""
        hold = self._held_until - now
        if self._notices.hold_is_news(hold, now):
            log.warning("The endpoint asks for patience: nothing is sent for %s.", in_words(hold))

    def _take(self, turn: Turn, now: float) -> None:
        self._under_way += 1
        self._sent += 1
        turn.sent = Sent(self._sent, self._under_way)
        self._limit.sent(turn.sent, now)
        if self._requests:
            self._requests.take(1, now)
        if self._tokens:
            self._tokens.take(turn.tokens, now)

    def _give_back(self, turn: Turn) -> None:
        """The request of this turn is not sent after all."""
        if self._requests:
            self._requests.correct(-1)
        if self._tokens:
            self._tokens.correct(-turn.tokens)

    def _leave(self, loop: asyncio.AbstractEventLoop) -> None:
        self._under_way -= 1
        self._serve(loop)

    def _heard(
        self,
        turn: Turn,
        status: int | None,
        headers: Mapping[str, str],
        seconds: float,
        tokens: int | None,
    ) -> None:
        import asyncio

        if turn.sent is None:
            raise RuntimeError("A turn can't be answered before it was waited for.")
        now = asyncio.get_running_loop().time()
        overloaded = status in OVERLOADED
        hold, used_up = self._allowance.hold(
            headers,
            refused=overloaded,
            requests=self._sent - turn.sent.number,
            tokens=turn.tokens,
        )
        if status is not None and status < 300:
            self._limit.answered(turn.sent, seconds, now)
        elif overloaded and not used_up:
            self._limit.refused(turn.sent, now)
        self._held_until = max(self._held_until, now + hold)
        self._paused_until = max(self._paused_until, now + self._limit.pause)
        if overloaded:
            self._tell_hold(now)
        if status is None or overloaded or status >= 500:
            self._notices.failed(seconds, now)
        else:
            self._notices.answered(now)
        if self._tokens and tokens is not None:
            self._tokens.correct(tokens - turn.tokens)


class Turn:
    """One request's turn, got from `Pacer.turn`."""

    def __init__(self, pacer: Pacer, tokens: int) -> None:
        self._pacer = pacer
        self.tokens = tokens
        self.granted: asyncio.Future[None] | None = None
        self.sent: Sent | None = None
        self._told = False

    async def __aenter__(self) -> Self:
        await self._pacer._enter(self)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        import asyncio

        if not self._told and not isinstance(error, asyncio.CancelledError):
            self.answered(None, {}, 0.0, None)
        self._pacer._leave(asyncio.get_running_loop())

    def answered(
        self,
        status: int | None,
        headers: Mapping[str, str],
        seconds: float,
        tokens: int | None,
    ) -> None:
        """Say what came of the request, once.

        `status` is that of HTTP, None where there was no answer: a timeout, a broken
        connection. `headers` are the answer's, the names in lower case or in a mapping that
        doesn't mind. `seconds` is how long the answer took, and `tokens` what the request
        used, None if it isn't known. A turn that ends without this had no answer, unless it
        was cancelled, which says nothing of the endpoint.
        """
        self._told = True
        self._pacer._heard(self, status, headers, seconds, tokens)
