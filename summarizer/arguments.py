"""What a `Summarizer` is given, checked and made ready; what can't work is said here and now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from summarizer.errors import ConfigurationError, InputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from summarizer.article import Article
    from summarizer.config import Settings
    from summarizer.wire import Size


def article_of(
    given: object,
    published: date | str | None,
    language: str | None,
    id: str | None,  # noqa: A002  # the field's name in the record
) -> Article:
    """The article of a text, or the `Article` that was given; `InputError` for anything else."""
    from summarizer.article import Article

    if isinstance(given, str):
        return Article.from_text(given, id=id, published=published, language=language)
    if not isinstance(given, Article):
        raise InputError(
            f"A text or an Article is wanted, and not {type(given).__name__}.",
            hint="summarizer.read makes an Article of a file or a URL.",
        )
    if published is not None or language is not None or id is not None:
        raise InputError(
            "An Article has its own date, language and id.",
            hint="Give them where it is made: to Article.from_text, or to summarizer.read.",
        )
    return given


def check_articles(given: object) -> None:
    """Raise `InputError` for one article where several are wanted: it could be iterated over too,
    character by character."""
    from summarizer.article import Article

    if isinstance(given, str | bytes | Article):
        raise InputError(
            f"Several articles are wanted, and not a single {type(given).__name__}.",
            hint="summarize takes a single one, and a list of one is a batch.",
        )


def check_client(
    client: object, model: str | None, base_url: str | None, api_key: str | None
) -> None:
    """Raise `ConfigurationError` for a client that can't be used, or not with these arguments."""
    # By the name: openai is not imported to look at what is none of its own.
    if not any(kind.__name__ == "AsyncOpenAI" for kind in type(client).__mro__):
        raise ConfigurationError(
            f"client= takes an openai.AsyncOpenAI, and not {type(client).__name__}."
        )
    if model is None or base_url or api_key:
        raise ConfigurationError(
            "With client=, name the model, and leave the base URL and the key to the client."
        )


def model_name(settings: Settings) -> str:
    """The model as results name it: a file without the folders that it is in."""
    from pathlib import Path

    from summarizer import embedded

    if not settings.embedded:
        return settings.model or ""
    found = embedded.resolve_model(settings.model)
    return found.name if isinstance(found, Path) else found


def size_of(size: str, *, embedded: bool) -> Size:
    """The size of record for a name; ``auto`` is core for the embedded engine, else full."""
    from summarizer.wire import Size

    if size == "auto":
        return Size.CORE if embedded else Size.FULL
    try:
        return Size(size)
    except ValueError:
        raise ConfigurationError(
            f"There is no size {size}.", hint="There are: auto, full, core."
        ) from None


def policy_of(policy: str) -> str:
    """The policy, if there is one of that name."""
    from summarizer.policies import POLICIES

    if policy not in POLICIES:
        raise ConfigurationError(
            f"There is no policy {policy} for what is not supported.",
            hint=f"There are: {', '.join(POLICIES)}.",
        )
    return policy


def at_least_one(name: str, value: int | None) -> int | None:
    """The value of the argument `name`, if it is 1 or more, or None."""
    if value is not None and value < 1:
        raise ConfigurationError(f"{name} is at least 1, and not {value}.")
    return value


def as_json(extra_body: Mapping[str, Any]) -> str:
    """The further fields of a request body, as JSON."""
    import json

    try:
        return json.dumps(dict(extra_body), sort_keys=True)
    except (TypeError, ValueError) as error:
        raise ConfigurationError(
            f"extra_body can't be sent as JSON: {error}.", original=error
        ) from None
