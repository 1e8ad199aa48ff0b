"""Which server is behind an endpoint, told by what it says of its models."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from summarizer.config import OPENAI, origin

if TYPE_CHECKING:
    import asyncio

Kind = Literal["openai", "llama.cpp", "vllm", "ollama", "lm-studio", "unknown"]

_OWNERS: dict[str, Kind] = {
    "llamacpp": "llama.cpp",
    "vllm": "vllm",
    "library": "ollama",
    "organization_owner": "lm-studio",
}


@dataclass(frozen=True)
class Server:
    """What is known of the server: its kind, the models it offers, and the tokens it takes.

    `context_size` is that of the model asked for, prompt and answer together; None where the
    server doesn't say.
    """

    kind: Kind
    models: tuple[str, ...] = ()
    context_size: int | None = None
    slots: int | None = None
    """Requests that it serves side by side; None where it doesn't say."""


Fetch = Callable[[str, dict[str, Any] | None], Awaitable[object]]
"""Get a URL, or post JSON to it: the JSON that came back, None if none did."""


class Behind:
    """The server behind an endpoint: looked up once, however many ask for it at the same time.

    What could not be found out is looked up again for who asks later.
    """

    def __init__(self, look_up: Callable[[], Coroutine[Any, Any, Server | None]]) -> None:
        self._look_up = look_up
        self._server: Server | None = None
        self._looking: dict[asyncio.AbstractEventLoop, asyncio.Task[Server | None]] = {}

    async def server(self) -> Server | None:
        """The server; None if it can't be found out now. Raises what the look-up raises."""
        if self._server is None:
            import asyncio

            loop = asyncio.get_running_loop()
            if loop not in self._looking:
                self._looking[loop] = loop.create_task(self._look_up())
                self._looking[loop].add_done_callback(lambda _: self._looking.pop(loop))
            # Who gives up waiting for it doesn't take it from the others.
            self._server = await asyncio.shield(self._looking[loop])
        return self._server


async def look_up(fetch: Fetch, base_url: str, model: str) -> Server | None:
    """Ask an endpoint what it is; None if it doesn't say. OpenAI is known by its address."""
    if origin(base_url) == origin(OPENAI):
        return Server("openai")
    listing = await fetch(f"{base_url}/models", None)
    if listing is None:
        return None
    server = server_from(listing, model)
    if server.kind == "llama.cpp":
        props = await fetch(f"{_root(base_url)}/props", None)
        size = context_size_from(props) or server.context_size
        server = replace(server, context_size=size, slots=slots_from(props))
    return server


async def count_tokens(
    fetch: Fetch, base_url: str, server: Server, model: str, text: str
) -> int | None:
    """The tokens in `text`, counted by the server; None where it doesn't do that."""
    bodies: dict[Kind, dict[str, Any]] = {
        "llama.cpp": {"content": text},
        "vllm": {"model": model, "prompt": text},
    }
    if server.kind not in bodies:
        return None
    return token_count_from(await fetch(f"{_root(base_url)}/tokenize", bodies[server.kind]))


def _root(base_url: str) -> str:
    return base_url.removesuffix("/v1")


def server_from(listing: object, model: str) -> Server:
    """Read the answer to `GET /v1/models`; anything unexpected in it counts as not said."""
    data = listing.get("data") if isinstance(listing, Mapping) else None
    entries = [e for e in data if isinstance(e, Mapping)] if isinstance(data, list) else []
    models = tuple(e["id"] for e in entries if isinstance(e.get("id"), str))
    kinds: set[Kind] = {_OWNERS.get(str(e.get("owned_by")), "unknown") for e in entries}
    kind: Kind = kinds.pop() if len(kinds) == 1 else "unknown"
    ours = next((e for e in entries if e.get("id") == model), None)
    # llama.cpp serves one model, by whatever name it is asked for.
    if ours is None and kind == "llama.cpp":
        ours = entries[0]
    return Server(kind, models, _context_size(ours or {}))


def context_size_from(props: object) -> int | None:
    """The context size in the answer to llama.cpp's `GET /props`."""
    settings = props.get("default_generation_settings") if isinstance(props, Mapping) else None
    return _positive(settings.get("n_ctx")) if isinstance(settings, Mapping) else None


def slots_from(props: object) -> int | None:
    """The number of slots in the answer to llama.cpp's `GET /props`."""
    return _positive(props.get("total_slots")) if isinstance(props, Mapping) else None


def token_count_from(answer: object) -> int | None:
    """The number of tokens in the answer to `POST /tokenize` of llama.cpp or vLLM."""
    if not isinstance(answer, Mapping):
        return None
    tokens = answer.get("tokens")
    return len(tokens) if isinstance(tokens, list) else _positive(answer.get("count"))


def _context_size(entry: Mapping[str, Any]) -> int | None:
    meta = entry.get("meta")
    served = meta.get("n_ctx") if isinstance(meta, Mapping) else None
    return _positive(served) or _positive(entry.get("max_model_len"))


def _positive(value: object) -> int | None:
    return value if isinstance(value, int) and value > 0 else None
