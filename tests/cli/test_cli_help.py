"""The commands that there are, and what they say of themselves."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import version

import pytest
from commands import Invoke

from summarizer.cli.app import app

COMMANDS = ["run", "batch", "export", "doctor", "schema", "prompt"]
GROUPS = {
    "eval": [
        "run", "score", "compare", "report", "sentences", "seal", "lint", "coverage", "schema",
        "agree",
    ],
    "cache": ["info", "clear"],
}  # fmt: skip
ALL = [*COMMANDS, *GROUPS]
HEAVY = ["openai", "instructor", "jinja2", "sentencex", "rich", "httpx2", "pycountry", "asyncio"]


def test_these_are_the_commands() -> None:
    callbacks = [command.callback for command in app.registered_commands]
    assert [callback.__name__ for callback in callbacks if callback] == COMMANDS


@pytest.mark.parametrize(
    "command",
    [
        [],
        *([name] for name in ALL),
        *([group, name] for group, names in GROUPS.items() for name in names),
    ],
)
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_names_no_command_that_does_not_exist(
    invoke: Invoke, command: list[str], flag: str
) -> None:
    done = invoke(*command, flag)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith(" ".join(["Usage: summarizer", *command]))
    named = set(re.findall(r"summarizer ([a-z]+)", done.stdout))
    assert named <= set(ALL)


def test_the_overview_lists_each_command_with_what_it_does(invoke: Invoke) -> None:
    listed = invoke("-h").stdout.split("Commands:\n")[1]
    assert re.findall(r"^  (\S+)  +\S", listed, re.MULTILINE) == ALL


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_lists_its_commands(invoke: Invoke, group: str) -> None:
    listed = invoke(group, "-h").stdout.split("Commands:\n")[1]
    assert re.findall(r"^  (\S+)  +\S", listed, re.MULTILINE) == GROUPS[group]


def test_keys_are_no_options_and_the_help_says_where_they_are_read(invoke: Invoke) -> None:
    for command in COMMANDS:
        assert "--api-key" not in invoke(command, "-h").stdout
    assert "Keys are taken from the environment only" in invoke("-h").stdout


@pytest.mark.parametrize("command", ["run", "prompt"])
def test_options_that_two_commands_have_are_told_alike(invoke: Invoke, command: str) -> None:
    shown = " ".join(invoke(command, "-h").stdout.split())
    assert "--model <str> A model of the endpoint" in shown
    assert "auto, single, sections" in shown


def test_no_command_at_all_shows_the_help_and_is_wrong_usage(invoke: Invoke) -> None:
    done = invoke()
    assert done.exit_code == 2
    assert "Commands:" in done.output


@pytest.mark.parametrize("name", ["rum", "index"])
def test_a_command_that_does_not_exist_is_wrong_usage(invoke: Invoke, name: str) -> None:
    done = invoke(name)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "No such command" in done.stderr


def test_the_version_is_that_of_the_distribution(invoke: Invoke) -> None:
    done = invoke("--version")
    assert done.stdout == f"summarizer {version('situation-summarizer')}\n"


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys, contextlib, io\n"
        "from summarizer.cli import main\n"
        "sys.argv = ['summarizer', 'run', '--help']\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n"
        "    main()\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
