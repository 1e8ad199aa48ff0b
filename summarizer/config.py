"""Which model, at which address, with which key; and where each of these was set.

    explicit argument
    > SUMMARIZER_MODEL, SUMMARIZER_BASE_URL, SUMMARIZER_API_KEY
    > OPENAI_BASE_URL, OPENAI_API_KEY
    > the embedded model

A key from the environment belongs to one host and goes nowhere else: SUMMARIZER_API_KEY to
that of SUMMARIZER_BASE_URL, OPENAI_API_KEY to that of OPENAI_BASE_URL, or to OpenAI's own
where that is not set. A host is compared with its scheme and port. Naming no model never
sends an article anywhere.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from summarizer.errors import ConfigurationError

OPENAI = "https://api.openai.com/v1"
ARGUMENT = "argument"
DEFAULT = "default"
DIGITS = 12
"""Of the digest that stands for an endpoint."""


class Secret:
    """A string that shows itself only when asked by name."""

    __slots__ = ("_value",)

    def __init__(self, value: str = "") -> None:
        self._value = value

    def get_secret_value(self) -> str:
        """The string itself."""
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return f"Secret('{self}')"

    def __str__(self) -> str:
        return "**********" if self._value else ""


@dataclass(frozen=True)
class Settings:
    """What was configured.

    `model` is None where none was named: with `embedded` that means the default weights, and
    without it a base URL that still needs a model. `origins` says for `model`, `base_url` and
    `api_key` where each came from: "argument", the name of a variable, or "default".
    """

    model: str | None
    base_url: str | None
    api_key: Secret
    embedded: bool
    origins: dict[str, str]


def resolve(
    *,
    model: str | None = None,
    base_url: str | None = None,
    api_key: str | None = None,
    environ: Mapping[str, str] | None = None,
    embedded_names: Collection[str] = (),
) -> Settings:
    """Settle what was given against the environment, by the order above.

    `embedded_names` are the names of weights that the embedded engine knows. Empty strings
    count as not set. Raises `ConfigurationError`, with the way out, for a model that leaves
    open where it is, and for a base URL or key that can't be used.
    """
    env = {k: v for k, v in (os.environ if environ is None else environ).items() if v}
    model, model_from = _first(env, model, "SUMMARIZER_MODEL")
    base_url, url_from = _first(env, base_url, "SUMMARIZER_BASE_URL", "OPENAI_BASE_URL")

    if base_url is None:
        if model is None and api_key:
            raise ConfigurationError(
                "An API key was given, but neither a model nor a base URL.",
                hint="Name the model that the key is for.",
            )
        if model is None or _is_weights(model, embedded_names):
            origins = {"model": model_from, "base_url": DEFAULT, "api_key": DEFAULT}
            return Settings(model, None, Secret(), True, origins)
        if not api_key and "OPENAI_API_KEY" not in env:
            raise _homeless(model, env)
        base_url = OPENAI

    origin(base_url)  # refuses what can't be called before any key is chosen for it
    key, key_from = _key_for(base_url, api_key, env)
    origins = {"model": model_from, "base_url": url_from, "api_key": key_from}
    return Settings(model, base_url, key, False, origins)


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port of a base URL; `ConfigurationError` where it is not one.

    The URL is not repeated in the error, as it may hold a password.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise ConfigurationError("The base URL can't be read.", original=error) from None
    if parts.scheme not in ("http", "https") or not host or any(c.isspace() for c in url):
        raise ConfigurationError(
            "The base URL is not an http or https address.",
            hint="It reads like http://localhost:8080/v1.",
        )
    if "@" in parts.netloc:
        raise ConfigurationError(
            "The base URL holds a user name or a password.",
            hint="Leave it out and give the key as api_key, or in SUMMARIZER_API_KEY.",
        )
    if parts.query or parts.fragment:
        raise ConfigurationError(
            "The base URL has a query or a fragment, and paths can't be added to it.",
            hint="Give the part before the question mark, and what followed as headers.",
        )
    return parts.scheme, host.lower(), port or (443 if parts.scheme == "https" else 80)


def digest_of(url: str) -> str:
    """What an endpoint is known by where its address may not stand: a digest of it, the same
    however the base URL is written.

    Raises `ConfigurationError` as `origin` does.
    """
    from hashlib import sha256

    scheme, host, port = origin(url)
    address = f"{scheme}://{host}:{port}{urlsplit(url).path.rstrip('/')}"
    return sha256(address.encode()).hexdigest()[:DIGITS]


def _first(env: Mapping[str, str], given: str | None, *names: str) -> tuple[str | None, str]:
    if given:
        return given, ARGUMENT
    for name in names:
        if name in env:
            return env[name], name
    return None, DEFAULT


def _is_weights(model: str, embedded_names: Collection[str]) -> bool:
    return model in embedded_names or model.lower().endswith(".gguf")


def _key_for(url: str, given: str | None, env: Mapping[str, str]) -> tuple[Secret, str]:
    if given:
        return _checked(given, "The API key"), ARGUMENT
    homes = {
        "SUMMARIZER_API_KEY": env.get("SUMMARIZER_BASE_URL"),
        "OPENAI_API_KEY": env.get("OPENAI_BASE_URL", OPENAI),
    }
    for name, home in homes.items():
        if home is not None and name in env and _same_host(home, url):
            return _checked(env[name], name), name
    return Secret(), DEFAULT


def _same_host(home: str, url: str) -> bool:
    try:
        return origin(home) == origin(url)
    except ConfigurationError:  # a variable that is not even used may hold anything
        return False


def _checked(key: str, name: str) -> Secret:
    if not key.isascii() or not key.isprintable() or " " in key:
        raise ConfigurationError(
            f"{name} holds a space, a line break or a character that no key has.",
            hint="Copy it again, without quotes and without a line break at its end.",
        )
    return Secret(key)


def _homeless(model: str, env: Mapping[str, str]) -> ConfigurationError:
    if "SUMMARIZER_API_KEY" in env:
        hint = "SUMMARIZER_API_KEY is set, but not SUMMARIZER_BASE_URL, which says where it goes."
    else:
        hint = (
            "Give a base URL, or set OPENAI_API_KEY for OpenAI's models, "
            "or name no model to use the embedded one."
        )
    return ConfigurationError(f"Nothing says where the model {model!r} is.", hint=hint)
