from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.servers import (
    Behind,
    Server,
    count_tokens,
    look_up,
    server_from,
    token_count_from,
)

ROOT = "http://here:1"
BASE = f"{ROOT}/v1"


class Pages:
    """Answers by URL, and what was asked for."""

    def __init__(self, pages: dict[str, Any]) -> None:
        self.pages = pages
        self.asked: list[tuple[str, Any]] = []

    async def __call__(self, url: str, body: dict[str, Any] | None) -> object:
        self.asked.append((url, body))
        return self.pages.get(url)


def models(owner: str, name: str = "m", **more: Any) -> dict[str, Any]:
    return {"data": [{"id": name, "owned_by": owner, **more}]}


@pytest.mark.parametrize(
    ("listing", "server"),
    [
        (models("llamacpp", "x.gguf", meta={"n_ctx": 64}), Server("llama.cpp", ("x.gguf",), 64)),
        (models("vllm", max_model_len=99), Server("vllm", ("m",), 99)),
        (models("vllm", "other", max_model_len=99), Server("vllm", ("other",), None)),
        (models("library"), Server("ollama", ("m",))),
        (models("organization_owner"), Server("lm-studio", ("m",))),
        (models("somebody"), Server("unknown", ("m",))),
        ({"data": []}, Server("unknown")),
    ],
)
def test_servers_are_told_by_what_they_say_of_their_models(listing: Any, server: Server) -> None:
    assert server_from(listing, "m") == server


def test_owners_that_disagree_tell_nothing() -> None:
    mixed = {"data": [*models("vllm")["data"], *models("library", "n")["data"]]}
    assert server_from(mixed, "m") == Server("unknown", ("m", "n"))


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=5) | st.sampled_from(["data", "id", "llamacpp"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["data", "id", "owned_by", "meta", "tokens"]), inner)
    ),
)


@given(JSON)
def test_any_json_is_a_server_and_a_count_or_none(answer: Any) -> None:
    assert server_from(answer, "m").kind
    count = token_count_from(answer)
    assert count is None or count >= 0


def test_an_older_llama_cpp_tells_its_size_on_another_page() -> None:
    pages = Pages(
        {
            f"{BASE}/models": models("llamacpp"),
            f"{ROOT}/props": {"default_generation_settings": {"n_ctx": 512}},
        }
    )
    assert asyncio.run(look_up(pages, BASE, "m")) == Server("llama.cpp", ("m",), 512)


def test_no_listing_is_no_server() -> None:
    assert asyncio.run(look_up(Pages({}), BASE, "m")) is None


@pytest.mark.parametrize(
    ("server", "answer", "count", "body"),
    [
        (Server("llama.cpp"), {"tokens": [1, 2, 3]}, 3, {"content": "abc"}),
        (Server("vllm"), {"count": 5}, 5, {"model": "m", "prompt": "abc"}),
        (Server("vllm"), None, None, {"model": "m", "prompt": "abc"}),
    ],
)
def test_tokens_are_counted_at_the_root(
    server: Server, answer: Any, count: int | None, body: Any
) -> None:
    pages = Pages({f"{ROOT}/tokenize": answer})
    assert asyncio.run(count_tokens(pages, BASE, server, "m", "abc")) == count
    assert pages.asked == [(f"{ROOT}/tokenize", body)]


def test_other_servers_are_not_asked_to_count() -> None:
    pages = Pages({})
    for kind in ("openai", "ollama", "lm-studio", "unknown"):
        counted = count_tokens(pages, BASE, Server(kind), "m", "abc")
        assert asyncio.run(counted) is None
    assert pages.asked == []


class Looking:
    """Look-ups that find `found`, one after another, and take a turn of the loop."""

    def __init__(self, *found: Server | None) -> None:
        self.found = list(found)
        self.begun = 0

    async def __call__(self) -> Server | None:
        self.begun += 1
        await asyncio.sleep(0)
        return self.found.pop(0)


def test_many_who_ask_at_once_share_one_look_up() -> None:
    async def main() -> None:
        looking = Looking(Server("vllm"))
        behind = Behind(looking)
        found = await asyncio.gather(*(behind.server() for _ in range(64)))
        assert found == [Server("vllm")] * 64
        assert await behind.server() is found[0]
        assert looking.begun == 1

    asyncio.run(main())


def test_a_server_that_was_not_found_is_looked_up_again_by_who_asks_later() -> None:
    async def main() -> None:
        looking = Looking(None, Server("vllm"))
        behind = Behind(looking)
        assert set(await asyncio.gather(behind.server(), behind.server())) == {None}
        assert await behind.server() == Server("vllm")
        assert looking.begun == 2

    asyncio.run(main())


def test_who_gives_up_on_a_look_up_does_not_take_it_from_the_others() -> None:
    async def main() -> None:
        behind = Behind(Looking(Server("vllm")))
        first, second = (asyncio.create_task(behind.server()) for _ in range(2))
        await asyncio.sleep(0)
        first.cancel()
        assert await second == Server("vllm")
        assert first.cancelled()

    asyncio.run(main())


def test_each_event_loop_has_a_look_up_of_its_own() -> None:
    looking = Looking(None, Server("vllm"))
    behind = Behind(looking)
    assert asyncio.run(behind.server()) is None
    assert asyncio.run(behind.server()) == Server("vllm")


def test_openai_is_not_asked_what_it_is() -> None:
    pages = Pages({})
    assert asyncio.run(look_up(pages, "https://api.openai.com/v1", "m")) == Server("openai")
    assert pages.asked == []
