"""The player of Markdown blocks runs what a reader would, and fails where a reader would."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from markdown_blocks import Block, Player, blocks, commands, share_found

PAGE = """\
# A page

```python
answer = 41
```

<!-- test: weights -->
```sh
summarizer run article.txt
```

<!-- command: test -->

```sh
pytest
```

<!-- test: weights -->
Some text, to which no comment belongs.

```json
{}
```
"""


@pytest.fixture
def player(monkeypatch: pytest.MonkeyPatch) -> Player:
    """A player for pages that need no endpoint."""
    return Player(monkeypatch.setenv)


def block(language: str, text: str) -> Block:
    """A block at line 7."""
    return Block(language, text, 7, {})


def test_blocks_come_with_language_place_and_the_comments_right_before_them() -> None:
    seen = [(b.language, b.line, b.marks) for b in blocks(PAGE)]
    assert seen == [
        ("python", 3, {}),
        ("sh", 8, {"test": "weights"}),
        ("sh", 14, {"command": "test"}),
        ("json", 21, {}),
    ]


def test_python_blocks_share_their_names_and_may_await(player: Player) -> None:
    player.play(block("python", "import asyncio\nx = 41\n"))
    player.play(block("python", "await asyncio.sleep(0)\nx += 1\nprint(x)\n"))
    assert player.namespace["x"] == 42


def test_a_failing_snippet_is_named_by_its_line(player: Player) -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        player.play(block("python", "1 / 0\n"))
    assert caught.value.__notes__ == ["in the python block at line 7"]


def test_placeholders_are_replaced_before_a_block_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    player = Player(monkeypatch.setenv, {"http://there": "http://here"})
    player.play(block("python", "url = 'http://there/v1'\n"))
    assert player.namespace["url"] == "http://here/v1"


@pytest.mark.parametrize("command", ["rm -rf /", "pip install x", "echo summarizer"])
def test_a_command_that_no_test_runs_is_refused(player: Player, command: str) -> None:
    with pytest.raises(AssertionError, match="not run by any test"):
        player.play(block("sh", command + "\n"))


def test_a_block_of_another_kind_is_refused(player: Player) -> None:
    with pytest.raises(AssertionError, match="can't be tested"):
        player.play(block("text", "anything\n"))


def test_lines_are_joined_and_comments_left_out() -> None:
    assert list(commands("# why\na \\\n  --b c\n\nd\n")) == ["a    --b c", "d"]


def test_a_script_runs_with_its_arguments_and_the_exported_variables(
    player: Player, tmp_path: Path
) -> None:
    script = tmp_path / "script.py"
    script.write_text("import os, sys\nprint(sys.argv[1], os.environ['COLOUR'])\n")
    before = list(sys.argv)
    player.play(block("sh", "export COLOUR='dark blue'\n"))
    player.play(block("console", f"$ python {script} sea\nsea dark blue\n"))
    assert sys.argv == before


def test_a_console_block_that_shows_what_was_not_printed_fails(
    player: Player, tmp_path: Path
) -> None:
    script = tmp_path / "script.py"
    script.write_text("print('one')\nprint('two')\n")
    player.play(block("console", f"$ python {script}\n...\ntwo\n"))
    with pytest.raises(AssertionError, match="printed something else"):
        player.play(block("console", f"$ python {script}\none\nthree\n"))


def test_a_script_that_exits_with_an_error_fails(player: Player, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text("raise SystemExit(3)\n")
    with pytest.raises(AssertionError, match="ended with 3"):
        player.play(block("sh", f"python {script}\n"))


@pytest.mark.parametrize(
    ("expected", "printed", "share"),
    [
        ("a  b\n", "a b\n", 1.0),
        ("took ... s\n", "took 12.5 s\n", 1.0),
        ("a\n...\nc\n", "a\nb\nc\n", 1.0),
        ("c\na\n", "a\nb\nc\n", 0.5),
        ("x\n", "xx\n", 0.0),
        ("", "anything\n", 1.0),
    ],
)
def test_printed_lines_are_found_in_order(expected: str, printed: str, share: float) -> None:
    assert share_found(expected, printed) == share
