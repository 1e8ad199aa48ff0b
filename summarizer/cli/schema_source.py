"""A user's own schema, from what `--schema` names."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

from summarizer.errors import ConfigurationError, excerpt
from summarizer.schemas import SituationSummary

if TYPE_CHECKING:
    from types import ModuleType

_HOW = "Write it as package.module:Class or path/to/file.py:Class."


def schema_class(named: str | None) -> type[BaseModel]:
    """The Pydantic class that `named` stands for: ``module:Class`` or ``file.py:Class``.

    None stands for `SituationSummary`. The module is imported, and so its code runs. Modules
    of the current folder are found too, after those that are installed.

    Raises `ConfigurationError` where there is no such class, or its module breaks.
    """
    if named is None:
        return SituationSummary
    place, colon, name = named.rpartition(":")
    if not colon or not place or not name.isidentifier():
        raise ConfigurationError(f"The schema {named!r} names no class.", hint=_HOW)
    # Standard output is for the result, whatever the module prints.
    with redirect_stdout(sys.stderr):
        module = _from_file(Path(place)) if place.endswith(".py") else _from_name(place)
    found = getattr(module, name, None)
    if isinstance(found, type) and issubclass(found, BaseModel) and found is not BaseModel:
        return found
    what = "is no Pydantic model class" if hasattr(module, name) else "does not exist"
    raise ConfigurationError(f"{name} in {place} {what}.", hint=_offered(module))


def _from_name(place: str) -> ModuleType:
    from importlib import import_module

    _findable(Path.cwd())
    try:
        return import_module(place)
    except ModuleNotFoundError as error:
        if error.name and (place == error.name or place.startswith(f"{error.name}.")):
            raise ConfigurationError(f"There is no module {place}.", hint=_HOW) from error
        raise _broken(place, error) from error
    except Exception as error:
        raise _broken(place, error) from error


def _from_file(path: Path) -> ModuleType:
    from importlib.util import module_from_spec, spec_from_file_location

    if not path.is_file():
        raise ConfigurationError(f"There is no file {path}.", hint=_HOW)
    # A name that no other module has; what it imports from beside itself is found.
    spec = spec_from_file_location(f"_schema_{path.stem}", path)
    assert spec is not None  # noqa: S101  # for mypy: a .py file always has one
    assert spec.loader is not None  # noqa: S101  # likewise
    _findable(path.resolve().parent)
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # Pydantic looks up the names in annotations there
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        del sys.modules[spec.name]
        raise _broken(str(path), error) from error
    return module


def _findable(folder: Path) -> None:
    # At the end: no file that lies about there stands in for a library.
    if str(folder) not in sys.path:
        sys.path.append(str(folder))


def _broken(place: str, error: Exception) -> ConfigurationError:
    said = excerpt(f"{type(error).__name__}: {error}", 200)
    return ConfigurationError(
        f"{place} can't be imported: {said}", hint="--debug shows where it breaks.", original=error
    )


def _offered(module: ModuleType) -> str:
    names = [
        name
        for name, value in vars(module).items()
        if isinstance(value, type)
        and issubclass(value, BaseModel)
        and value.__module__ == module.__name__
    ]
    return f"It has: {', '.join(names)}." if names else _HOW
