"""docs/own-gold.md works when it is typed: every file is written and every command run, in order.

The model is a scripted endpoint. Which record it gives hangs on how it is asked: of a whole record
it forgets a departure, section by section it finds that, and gets the state of a deal wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr
from importlib.metadata import version
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from markdown_blocks import Block, Player, blocks

from summarizer.testing import Answer, Request, ScriptedEndpoint

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE = (DOCS / "own-gold.md").read_text(encoding="utf-8")
FILES = re.compile(r"(`[\w./-]+`)(?: and (`[\w./-]+`))?:$")

Record = Mapping[str, list[dict[str, Any]]]

HALVEN: Record = {
    "companies": [
        {"name": "Halven Foods", "sentences": [1]},
        {"name": "Orrin Dairies", "sentences": [1]},
    ],
    "deals": [
        {
            "kind": "takeover",
            "status": "agreed",
            "buyers": ["Halven Foods"],
            "target": "Orrin Dairies",
            "price": 410_000_000,
            "currency": "EUR",
            "sentences": [1],
        }
    ],
    "results": [
        {
            "company": "Orrin Dairies",
            "measure": "profit",
            "amount": 31_000_000,
            "currency": "EUR",
            "period": "last year",
            "sentences": [3],
        }
    ],
}
KALLAS = {
    "person": "Ove Kallas",
    "change": "comes",
    "company": "Brint Rail",
    "post": "finance chief",
    "sentences": [1],
}
RUIZ = {**KALLAS, "person": "Dana Ruiz", "change": "leaves", "sentences": [1, 2]}
BRINT: Record = {
    "companies": [{"name": "Brint Rail", "sentences": [1]}],
    "appointments": [KALLAS],
    "results": [
        {
            "company": "Brint Rail",
            "measure": "loss",
            "amount": 12_000_000,
            "currency": "GBP",
            "period": "the third quarter",
            "sentences": [3],
        }
    ],
}
SORREL: Record = {
    "companies": [
        {"name": "Sorrel Motors", "sentences": [1]},
        {"name": "Ostra Energy", "sentences": [1]},
    ],
    "deals": [{"kind": "stake", "status": "planned", "buyers": ["Ostra Energy"], "sentences": [1]}],
}
PELL: Record = {"companies": [{"name": "Pell & Sons", "sentences": [1]}]}


class Model:
    """A script for the endpoint; `worse`, it finds no deals."""

    def __init__(self) -> None:
        self.worse = False

    def __call__(self, request: Request) -> Answer:
        wanted = request.body["response_format"]["json_schema"]["schema"]["properties"]
        record = self._told(request.prompt, whole=len(wanted) > 1)
        return Answer({name: record.get(name, []) for name in wanted})

    def _told(self, prompt: str, *, whole: bool) -> Record:
        if "Halven Foods agreed" in prompt:
            deals = [] if self.worse else HALVEN["deals"]
            if not whole:
                deals = [{**deal, "status": "closed"} for deal in deals]
            return {**HALVEN, "deals": deals}
        if "Brint Rail has named" in prompt:
            return BRINT if whole else {**BRINT, "appointments": [KALLAS, RUIZ]}
        if "Sorrel Motors plans" in prompt:
            return SORREL
        return PELL if "Pell & Sons" in prompt else {}


class Typist(Player):
    """Types commands as a user does, and sees all that they print; `status` is the last one's."""

    status: int | None = None

    def run(self, command: str) -> str:
        printed = StringIO()
        try:
            # Progress and reasons go to stderr, and a user sees both.
            with redirect_stderr(printed):
                printed.write(super().run(command))
            self.status = 0
        except AssertionError as error:
            if not isinstance(error.__cause__, SystemExit):
                raise
            self.status = int(str(error.__cause__.code))
        return printed.getvalue()


def paths(block: Block) -> list[str]:
    """The files that a block is, told by the words before it: none, one, or two alike."""
    found = FILES.search(PAGE.splitlines()[block.line - 3])
    return [path.strip("`") for path in found.groups() if path] if found else []


def write(block: Block) -> None:
    for path in map(Path, paths(block)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")


@pytest.fixture
def model() -> Model:
    return Model()


@pytest.fixture
def typist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: Model) -> Iterator[Typist]:
    """Who types into an empty folder, with an endpoint of a model in place of the one named."""
    monkeypatch.chdir(tmp_path)
    with ScriptedEndpoint(model) as server:
        endpoint = {
            "https://models.example.org/v1": server.base_url,
            "your-key": server.api_key,
            "your-model": "scripted",
        }
        yield Typist(monkeypatch.setenv, endpoint)


def follow(typist: Typist, model: Model) -> Iterator[tuple[Block, int]]:
    """Go through the page; each block that is run, with the status that its last command had."""
    for block in blocks(PAGE):
        if paths(block):
            write(block)
        elif block.language in ("sh", "console"):
            model.worse = block.marks.get("test") == "refused"
            typist.play(block)
            yield block, typist.status or 0


@pytest.mark.local_server
def test_the_guide_works_from_an_empty_folder_to_a_refusing_gate(
    typist: Typist, model: Model
) -> None:
    ended = list(follow(typist, model))
    refused = [block.marks.get("test") == "refused" for block, _ in ended]
    assert [status for _, status in ended] == [int(each) for each in refused]
    assert refused.count(True) == 1
    listed = next(block for block in blocks(PAGE) if block.language == "text")
    assert not paths(listed)
    missing = [line for line in listed.text.splitlines() if not Path(line.split()[0]).is_file()]
    assert missing == []
    (job,) = (block for block in blocks(PAGE) if block.language == "yaml")
    commands = re.findall(r"^ +- run: (summarizer .*)$", job.text, re.M)
    assert [command.split()[2] for command in commands] == ["lint", "run"]
    for worse in (False, True):
        model.worse = worse
        if worse:  # a job begins in a fresh checkout
            Path("runs/job").rename("runs/before")
        statuses = []
        for command in commands:
            typist.run(command)
            statuses.append(typist.status)
        assert statuses == [0, int(worse)]
    held = json.loads(Path("runs/test/run.json").read_text(encoding="utf-8"))
    assert {name.partition("/")[0] for name in held["documents"]} == {"test"}


def test_every_block_is_a_file_or_run_but_the_list_of_files() -> None:
    rest = [b for b in blocks(PAGE) if not paths(b) and b.language not in ("sh", "console")]
    assert [block.language for block in rest] == ["text"]


def test_the_job_pins_this_version() -> None:
    assert f"situation-summarizer[evals]=={version('situation-summarizer')}'" in PAGE


def test_the_page_is_linked_from_the_page_on_evals() -> None:
    assert "(own-gold.md)" in (DOCS / "evals.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "heading", sorted(set(re.findall(r"\(evals\.md#([\w-]+)\)", PAGE))), ids=str
)
def test_the_headings_that_it_links_to_exist(heading: str) -> None:
    page = (DOCS / "evals.md").read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", page, re.M)
    assert heading in {re.sub(r"[^\w -]", "", each).lower().replace(" ", "-") for each in headings}
