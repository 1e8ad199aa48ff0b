"""Starting up is cheap: heavy libraries are imported when they are used, and not before."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = ["openai", "instructor", "jinja2", "scipy", "numpy", "sentencex", "httpx2", "rich"]
MODELS = ["openai", "instructor", "xllamacpp"]


def loaded_after(code: str, names: list[str]) -> list[str]:
    """Which of `names` are in `sys.modules` after `code` ran in a fresh interpreter."""
    report = f"import sys, json\nprint(json.dumps([n for n in {names} if n in sys.modules]))"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}"], capture_output=True, text=True, check=True
    )
    found: list[str] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_the_probe_sees_what_is_loaded() -> None:
    assert loaded_after("import json, decimal", ["decimal", "openai"]) == ["decimal"]


@pytest.mark.parametrize(
    "code",
    [
        "import summarizer",
        "from summarizer import Summarizer, SituationSummary",
        "from summarizer import *",
    ],
)
def test_importing_the_library_loads_nothing_heavy(code: str) -> None:
    assert loaded_after(code, [*HEAVY, *MODELS, "trafilatura", "pycountry", "typer"]) == []


def test_help_loads_no_library_that_runs_models() -> None:
    code = (
        "import contextlib, sys\n"
        "from summarizer.cli import main\n"
        "sys.argv = ['summarizer', '--help']\n"
        "with contextlib.suppress(SystemExit): main()"
    )
    assert loaded_after(code, MODELS) == []
