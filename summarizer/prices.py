"""What tokens cost, by a file that the user keeps: no price here goes out of date.

currency = "USD"

[models."gpt-large"]
input = 2.50            # a million tokens
cached_input = 1.25     # those of them that the server had read before; else as input
output = 10.00
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from summarizer.errors import ConfigurationError

_FIELDS = ("input", "cached_input", "output")
_NAMED = 10
"""Models of a file that an error names."""


@dataclass(frozen=True, slots=True)
class Price:
    """What a model's tokens cost, in `currency` for a million of them."""

    currency: str
    input: float
    cached_input: float
    output: float

    def of(self, prompt: int, cached: int, completion: int) -> float:
        """The cost of so many tokens; `cached` are a part of `prompt`."""
        cached = min(cached, prompt)
        paid = (prompt - cached) * self.input + cached * self.cached_input
        return (paid + completion * self.output) / 1_000_000


@dataclass(frozen=True)
class Prices:
    """A price file that was read: the price of each model in it."""

    path: Path
    models: Mapping[str, Price]

    def of(self, model: str) -> Price:
        """The price of `model`, by its exact name; `ConfigurationError` if it has none."""
        if model in self.models:
            return self.models[model]
        known = ", ".join(list(self.models)[:_NAMED])
        raise ConfigurationError(
            f"{self.path} has no price for the model {model!r}.",
            hint=f'Add it as [models."{model}"], with input and output.'
            + (f" It has: {known}." if known else ""),
        )


def read_prices(path: Path) -> Prices:
    """The prices in the TOML file at `path`.

    Raises `ConfigurationError` for a file that can't be read or says what is no price. A field
    that isn't known is refused too: a slip in its name would be a wrong bill.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _bad(
            path, f"can't be read: {error.strerror or type(error).__name__}", error
        ) from None
    except ValueError as error:  # of TOML, or of UTF-8
        raise _bad(path, f"is not TOML: {error}", error) from None
    _check_fields(path, "The file", content, ("currency", "models"))
    currency, models = content.get("currency"), content.get("models")
    if not isinstance(currency, str) or not currency.strip():
        raise _bad(path, "doesn't say its currency")
    if not isinstance(models, dict) or not models:
        raise _bad(path, "has no models")
    return Prices(path, {name: _price(path, name, said, currency) for name, said in models.items()})


def _price(path: Path, model: str, said: object, currency: str) -> Price:
    if not isinstance(said, dict):
        raise _bad(path, f"has no table for {model!r}")
    _check_fields(path, repr(model), said, _FIELDS)
    given: dict[str, object] = {"cached_input": said.get("input"), **said}
    numbers = [_amount(path, model, field, given.get(field)) for field in _FIELDS]
    return Price(currency, *numbers)


def _amount(path: Path, model: str, field: str, value: object) -> float:
    # A bool is an int to Python.
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _bad(path, f"has no price in {field} of {model!r}")
    if not math.isfinite(value) or value < 0:
        raise _bad(path, f"has {value} in {field} of {model!r}, which is no price")
    return float(value)


def _check_fields(
    path: Path, where: str, said: Mapping[str, object], known: tuple[str, ...]
) -> None:
    for field in said:
        if field not in known:
            raise _bad(path, f"has a field {field!r} that is not known ({where})")


def _bad(path: Path, what: str, original: Exception | None = None) -> ConfigurationError:
    return ConfigurationError(
        f"The price file {path} {what}.",
        hint='It reads: currency = "USD", and [models."NAME"] with input, cached_input and '
        "output, for a million tokens.",
        original=original,
    )
