"""What holds for every test: no network, and none of the user's own settings."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings
from network_guard import GUARD

LOOPBACK_MARKS = ("local_server", "weights")
KEPT_VARIABLES = {"SUMMARIZER_CACHE_DIR", "SUMMARIZER_ORACLES"}

# How many examples a property is tried on where the test doesn't say. The quick ones are the same
# each time, so that a change is red or green for what it changes; the long ones are new.
settings.register_profile("quick", max_examples=60, deadline=None, derandomize=True)
settings.register_profile("long", max_examples=2000, deadline=None, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


# A shell starts what runs in its background with Ctrl-C ignored, and children inherit that: the
# tests that interrupt a process would wait for ever.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    # The gold that modules load as they are imported stays to the end: without this each round of
    # the collector would go through it again.
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _network(request: pytest.FixtureRequest) -> Iterator[None]:
    GUARD.loopback_allowed = any(request.node.get_closest_marker(m) for m in LOOPBACK_MARKS)
    GUARD.denied.clear()
    GUARD.active = True
    yield
    GUARD.active = False
    assert not GUARD.denied, f"the test tried to reach {sorted(set(GUARD.denied))}"


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "SUMMARIZER_")) and name not in KEPT_VARIABLES:
            monkeypatch.delenv(name)
