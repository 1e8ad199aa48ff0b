"""What the evals may import of the package."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OPEN = {"article", "errors", "evals", "names", "schemas", "view"}


def test_import_linter_forbids_all_modules_but_those_that_are_open_to_the_evals() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
    (contract,) = (each for each in contracts if each["id"] == "evals")
    there = {
        path.stem
        for path in (ROOT / "summarizer").iterdir()
        if (path.suffix == ".py" or (path / "__init__.py").is_file())
        and not path.stem.startswith("__")
    }
    assert contract["forbidden_modules"] == sorted(f"summarizer.{name}" for name in there - OPEN)
