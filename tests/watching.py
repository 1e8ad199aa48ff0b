"""An answer of a scripted endpoint that says when it is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from summarizer.testing import Answer, Request


@dataclass(frozen=True)
class Watched(Answer):
    """Calls `on_sent` once its delay is over, unless whoever asked went away."""

    on_sent: Callable[[], object] = lambda: None

    def payload(self, request: Request) -> bytes:
        self.on_sent()
        return super().payload(request)
