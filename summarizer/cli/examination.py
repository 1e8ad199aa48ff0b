"""What `doctor` does: look at the configuration, and try what it names."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.cli.diagnosis import Diagnosis, Setting, Status
from summarizer.errors import (
    AuthenticationFailed,
    ConfigurationError,
    EmbeddedError,
    SummarizerError,
)

if TYPE_CHECKING:
    from summarizer.cli.probes import Answers
    from summarizer.client import Client, Server
    from summarizer.config import Settings

SHOWN_MODELS = 5
SMALL_CONTEXT = 8192
"""Tokens below which longer articles won't fit beside the instructions and the answer."""

Showing = Callable[[str], AbstractContextManager[object]]
"""Shows, while the context lasts, what takes long."""


def diagnose(
    model: str | None,
    base_url: str | None,
    *,
    timeout: float,
    fetch: bool,
    showing: Showing,
) -> Diagnosis:
    """Look at the configuration, and try what it names.

    `timeout` is in seconds, for one call. With `fetch`, weights that are not on this machine
    are downloaded.
    """
    from summarizer import embedded
    from summarizer.config import resolve

    found = Diagnosis()
    try:
        settings = resolve(model=model, base_url=base_url, embedded_names=embedded.CATALOGUE)
    except ConfigurationError as error:
        found.add("configuration", Status.WRONG, error.message, error.hint)
        return found
    found.settings = _settings(settings)
    _unused_keys(settings, found)
    try:
        if settings.embedded:
            _embedded(settings, found, timeout, fetch=fetch, showing=showing)
        else:
            assert settings.base_url is not None  # noqa: S101  # for mypy: else it is embedded
            key = settings.api_key.get_secret_value()
            with showing(f"Asking {settings.base_url}"):
                _endpoint(settings.base_url, key, settings.model, found, timeout)
    except SummarizerError as error:
        check = "engine" if isinstance(error, EmbeddedError) else "endpoint"
        found.add(check, Status.WRONG, error.message, _way_out(error, settings))
    return found


def _settings(settings: Settings) -> list[Setting]:
    from summarizer.embedded import DEFAULT

    origins = settings.origins
    model = settings.model or (DEFAULT if settings.embedded else "not set")
    where = settings.base_url or "none: the model runs on this machine"
    shown = [
        Setting("model", model, origins["model"]),
        Setting("base_url", where, origins["base_url"]),
    ]
    if not settings.embedded:
        # Not even a part of it: two characters would help nobody to tell which key it is.
        key = "set" if settings.api_key else "not set"
        shown.append(Setting("api_key", key, origins["api_key"]))
    return shown


def _unused_keys(settings: Settings, found: Diagnosis) -> None:
    import os

    homes = {
        "SUMMARIZER_API_KEY": "the host of SUMMARIZER_BASE_URL",
        "OPENAI_API_KEY": "the host of OPENAI_BASE_URL, or OpenAI's own",
    }
    for name, home in homes.items():
        if os.environ.get(name) and settings.origins["api_key"] != name:
            found.add(
                "API key",
                Status.NOTE,
                f"{name} is set and not used: it is sent to {home}, and nowhere else.",
                "Name a model to use an endpoint." if settings.embedded else None,
            )


def _embedded(
    settings: Settings, found: Diagnosis, timeout: float, *, fetch: bool, showing: Showing
) -> None:
    from importlib.util import find_spec

    from summarizer import embedded

    if find_spec("xllamacpp") is None:
        found.add(
            "engine",
            Status.WRONG,
            "The embedded engine is not installed.",
            "Install it with: pip install 'situation-summarizer[local]'; or use an endpoint.",
        )
    model = embedded.resolve_model(settings.model)
    if isinstance(model, str) and fetch:
        embedded.ensure(model)
    if not _weights(model, found) or found.problems:
        return
    with showing("Starting the engine"):
        engine = embedded.start(settings.model)
    with showing("Trying the engine"):
        _endpoint(engine.base_url, engine.api_key, engine.model, found, timeout)


def _weights(model: str | Path, found: Diagnosis) -> bool:
    from summarizer.embedded import CATALOGUE, cached
    from summarizer.embedded.gguf import longest_context
    from summarizer.embedded.progress import megabytes
    from summarizer.embedded.stamps import cache_folder

    if isinstance(model, Path):
        longest_context(
            model
        )  # raises what there is to say of a file that isn't there, or isn't one
        size = megabytes(model.stat().st_size)
        found.add("weights", Status.OK, f"{model}, {size}, a GGUF file of your own.")
        return True
    weights = CATALOGUE[model]
    path = cached(model)
    if path is not None:
        size = megabytes(weights.size)
        found.add("weights", Status.OK, f"{path}, {size}, its SHA-256 is right.")
        return True
    damaged = (cache_folder() / weights.file_name).exists()
    found.add(
        "weights",
        Status.WRONG,
        f"{model} is damaged on this machine." if damaged else f"{model} is not on this machine.",
        f"The first run fetches its {megabytes(weights.size)}; so does, now, "
        "summarizer doctor --fetch.",
    )
    return False


def _endpoint(base_url: str, key: str, model: str | None, found: Diagnosis, timeout: float) -> None:
    import asyncio

    from summarizer.client import Client
    from summarizer.retry import RetryPolicy

    async def look() -> None:
        # A doctor doesn't wait for a patient to get better.
        client = Client(
            base_url=base_url,
            api_key=key,
            model=model or "",
            timeout=timeout,
            retry=RetryPolicy(attempts=1),
            reasks=0,
        )
        try:
            await _look(client, base_url, model, found)
        finally:
            await client.aclose()

    asyncio.run(look())


async def _look(client: Client, base_url: str, model: str | None, found: Diagnosis) -> None:
    from summarizer.cli import probes

    server = found.server = await client.server()
    offered = _some(server.models)
    if model is None:
        found.add(
            "model",
            Status.WRONG,
            "No model is named.",
            "Name one with --model or in SUMMARIZER_MODEL; "
            f"{offered or 'the endpoint lists none'}.",
        )
        return
    answers = found.answers = await probes.ask(client, base_url, model)
    kind = "" if server.kind == "unknown" else f" It is {server.kind}."
    found.add("endpoint", Status.OK, f"It answers, first after {answers.seconds:.1f} s.{kind}")
    _model(model, server, offered, found)
    _modes(answers, found)


def _model(model: str, server: Server, offered: str, found: Diagnosis) -> None:
    if model in server.models:
        found.add("model", Status.OK, f"It is among those that the endpoint lists; {offered}.")
    elif server.models:
        found.add(
            "model",
            Status.NOTE,
            f"The endpoint answers to {model} and does not list it; {offered}.",
        )
    size = server.context_size
    if size is not None and size < SMALL_CONTEXT:
        found.add(
            "context",
            Status.NOTE,
            f"{size} tokens, which is little for prompt and answer together.",
            "Start the server with a larger context, such as 16384 tokens.",
        )
    elif size is not None:
        found.add("context", Status.OK, f"{size} tokens for prompt and answer together.")


def _modes(answers: Answers, found: Diagnosis) -> None:
    from summarizer.cli.probes import Honoured

    told = {
        Honoured.KEPT: (Status.OK, "Answers are held to the schema", None),
        Honoured.IGNORED: (
            Status.NOTE,
            "The schema is taken, and answers are not held to it",
            "Expect answers that have to be asked for again; a server with grammars has none.",
        ),
        Honoured.REFUSED: (Status.NOTE, "It is refused, and the next mode is used", None),
    }
    status, message, hint = told[answers.json_schema]
    if answers.json_schema is not Honoured.REFUSED:
        message += (
            ", with the flag for strict" if answers.strict else ", the flag for strict refused"
        )
    found.add("JSON_SCHEMA", status, f"{message}.", hint)
    if answers.md_json is Honoured.KEPT:
        found.add("MD_JSON", Status.OK, "JSON that is asked for in words comes.")
    else:
        last = answers.json_schema is not Honoured.KEPT
        found.add(
            "MD_JSON",
            Status.WRONG if last else Status.NOTE,
            "JSON that is asked for in words did not come.",
            "Use another model: this one gives no JSON in any mode." if last else None,
        )
    if answers.pace is None:
        found.add("speed", Status.NOTE, "The endpoint tells no token counts.")
    else:
        found.add("speed", Status.OK, f"About {answers.pace:.0f} tokens a second are written.")


def _some(models: tuple[str, ...]) -> str:
    if not models:
        return ""
    more = len(models) - SHOWN_MODELS
    return f"it offers {', '.join(models[:SHOWN_MODELS])}" + (
        f" and {more} more" if more > 0 else ""
    )


def _way_out(error: SummarizerError, settings: Settings) -> str | None:
    if not isinstance(error, AuthenticationFailed):
        return error.hint
    if settings.api_key:
        return f"Check the key in {settings.origins['api_key']}."
    return (
        "No key is set: put the endpoint's into SUMMARIZER_API_KEY, "
        "and its address into SUMMARIZER_BASE_URL."
    )
