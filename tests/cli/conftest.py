"""Commands, and an endpoint that is configured as a user would do it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from commands import Invoke, Spawn
from filling import fill

from summarizer.testing import ScriptedEndpoint

TEXT = (
    "Veldmark and Ostrava opened the naval drill Clear Water on Monday. "
    "General Irsa Toll said the ships would stay for a week. "
    "The ministers Ana Brek and Jon Halvar met in Norvik on Tuesday.\n"
)


@pytest.fixture
def invoke() -> Invoke:
    return Invoke()


@pytest.fixture
def spawn() -> Iterator[Spawn]:
    started = Spawn()
    yield started
    started.end()


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[[ScriptedEndpoint], None]:
    """Configures an endpoint by the environment."""

    def configure(endpoint: ScriptedEndpoint) -> None:
        monkeypatch.setenv("SUMMARIZER_BASE_URL", endpoint.base_url)
        monkeypatch.setenv("SUMMARIZER_API_KEY", endpoint.api_key)
        monkeypatch.setenv("SUMMARIZER_MODEL", "scripted")

    return configure


@pytest.fixture
def endpoint(use: Callable[[ScriptedEndpoint], None]) -> Iterator[ScriptedEndpoint]:
    """An endpoint that answers every request, configured."""
    with ScriptedEndpoint(fill) as server:
        use(server)
        yield server


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A file with an article of three sentences."""
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path
