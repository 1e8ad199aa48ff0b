"""Runs of `summarizer batch` over many small articles, for tests of what they survive."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from commands import ROOT

from summarizer.testing import Request, ScriptedEndpoint

_NUMBER = re.compile(r"Clear Water (\d+)\b")


def write_feed(path: Path, number: int) -> list[str]:
    """A feed of so many articles, as JSON lines; their ids."""
    with path.open("w", encoding="utf-8") as file:
        for i in range(number):
            text = f"Veldmark and Ostrava opened the naval drill Clear Water {i} on Monday.\n"
            file.write(json.dumps({"id": f"d{i}", "text": text}) + "\n")
    return [f"d{i}" for i in range(number)]


def number_of(request: Request) -> int:
    """The number of the article that a request is about."""
    found = _NUMBER.search(request.prompt)
    assert found is not None
    return int(found[1])


def asked_for(server: ScriptedEndpoint) -> Counter[int]:
    """How often each article was asked for."""
    return Counter(number_of(request) for request in server.requests)


def settings_for(server: ScriptedEndpoint, cache: Path) -> dict[str, str]:
    """The variables of a run that uses this endpoint, and a cache of its own."""
    return {
        "SUMMARIZER_BASE_URL": server.base_url,
        "SUMMARIZER_API_KEY": server.api_key,
        "SUMMARIZER_MODEL": "scripted",
        "SUMMARIZER_CACHE_DIR": str(cache),
    }


def start(*args: str | Path, env: dict[str, str]) -> subprocess.Popen[bytes]:
    """`summarizer batch` with these arguments; one call for each document."""
    command = [sys.executable, "-m", "summarizer", "batch", *map(str, args)]
    return subprocess.Popen(
        [*command, "--on-unsupported", "flag", "--format", "json"],
        env={**os.environ, **env},
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def lines(path: Path) -> list[dict[str, Any]]:
    """The lines of an output."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def comparable(path: Path) -> dict[str, dict[str, Any]]:
    """The lines of an output by their ids, without what a run costs."""
    found = lines(path)
    by_id = {line["id"]: {k: v for k, v in line.items() if k != "usage"} for line in found}
    assert len(by_id) == len(found), "a document has several lines"
    return by_id
