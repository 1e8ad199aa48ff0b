"""What users import stands in `summarizer`, all of it, under its name."""

from __future__ import annotations

import ast
import builtins
import importlib
import inspect
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import summarizer
from summarizer import errors, schemas

SOURCE = ast.parse(Path(summarizer.__file__).read_text(encoding="utf-8"))


def imported(body: list[ast.stmt]) -> dict[str, str]:
    """The names that these lines take out of the package, each with its module."""
    found: dict[str, str] = {}
    for statement in body:
        if isinstance(statement, ast.ImportFrom) and (statement.module or "").startswith("summar"):
            found |= {
                alias.asname or alias.name: statement.module or "" for alias in statement.names
            }
    return found


def later() -> dict[str, str]:
    blocks = [imported(s.body) for s in SOURCE.body if isinstance(s, ast.If)]
    return next(block for block in blocks if block)


def test_all_is_sorted_and_exact() -> None:
    names = {**imported(SOURCE.body), **later()}
    # Constants first, as the linter sorts them.
    assert summarizer.__all__ == sorted(names, key=lambda name: (not name.isupper(), name))


def test_what_is_imported_later_is_the_same_for_type_checkers_and_at_run_time() -> None:
    assert later() == {name: f"summarizer.{home}" for name, home in summarizer._LATER.items()}


@pytest.mark.parametrize("name", summarizer.__all__)
def test_a_public_name_is_there_and_has_a_docstring(name: str) -> None:
    value: Any = getattr(summarizer, name)
    home = importlib.import_module({**imported(SOURCE.body), **later()}[name])
    assert value is getattr(home, name)
    assert inspect.getdoc(value)
    assert name in dir(summarizer)


def test_every_error_is_public() -> None:
    found = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, errors.SummarizerError)
    }
    assert found <= set(summarizer.__all__)


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    above = ["SummarizerError"]
    drawn: dict[str, str] = {}
    for line in (errors.__doc__ or "").splitlines():
        if found := re.match(r"([│ ]*)[├└]── (\w+)(?: \((\w+)\))?  ", line):
            depth, name, builtin = len(found[1]) // 4 + 1, found[2], found[3]
            above[depth:] = [name]
            drawn[name] = above[depth - 1]
            assert builtin is None or issubclass(vars(errors)[name], vars(builtins)[builtin])
    assert drawn == {
        name: value.__mro__[1].__name__
        for name, value in vars(errors).items()
        if isinstance(value, type)
        and issubclass(value, errors.SummarizerError)
        and value is not errors.SummarizerError
    }


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'summarizer' has no attribute 'Sumarizer'"):
        summarizer.Sumarizer  # type: ignore[attr-defined]  # noqa: B018  # it is not there
    assert not hasattr(summarizer, "__wrapped__")


def test_star_imports_everything() -> None:
    code = "from summarizer import *; import summarizer; print(set(summarizer.__all__) - {*dir()})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_no_public_function_hides_its_parameters() -> None:
    for name in summarizer.__all__:
        value = getattr(summarizer, name)
        if inspect.isfunction(value):
            kinds = {parameter.kind for parameter in inspect.signature(value).parameters.values()}
            assert not kinds & {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD}


def test_every_mark_that_scoring_reads_is_public() -> None:
    plan = Path(summarizer.__file__).parent / "evals" / "plan.py"
    (marks,) = (
        {alias.name for alias in statement.names}
        for statement in ast.parse(plan.read_text(encoding="utf-8")).body
        if isinstance(statement, ast.ImportFrom)
        and statement.module == "summarizer.schemas.markers"
    )
    assert {"Anchor", "Naming", "Verbatim"} <= marks
    assert marks <= set(summarizer.__all__)
    assert marks <= set(schemas.__all__)
