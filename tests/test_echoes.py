"""What endpoints repeat of a request, in all the ways in which they do."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.echoes import GAP, LOOKED_AT, RUN, without_echo

ARTICLE = (
    "[1] Veldmark's navy sent two frigates to Port Aru on Monday.\n"
    "[2] „Das ist keine Übung“, erklärte Käpt'n Grünfärber <gf@navy.example> & schwieg.\n"
    '[3] Адмирал Тарвин назвал учения "обычными" и уехал.\n'
    "[4] 提督は演習について何も語らずに首都へ戻り、記者団の質問には答えなかった"
)
ESCAPES: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "on one line": lambda text: " ".join(text.split()),
    "JSON": json.dumps,
    "JSON in Unicode": lambda text: json.dumps(text, ensure_ascii=False),
    "JSON in JSON": lambda text: json.dumps(json.dumps({"content": text})),
    "Python": repr,
    "Python in JSON": lambda text: json.dumps(repr([{"role": "user", "content": text}])),
    "Python's bytes": lambda text: repr(text.encode()),
    "Latin-1": lambda text: text.encode("ascii", "backslashreplace").decode(),
    "HTML": html.escape,
    "HTML in numbers": lambda text: text.encode("ascii", "xmlcharrefreplace").decode(),
}


@pytest.mark.parametrize("escape", ESCAPES.values(), ids=ESCAPES)
@pytest.mark.parametrize("part", ARTICLE.splitlines())
def test_an_echo_is_left_out_however_it_is_escaped(escape: Callable[[str], str], part: str) -> None:
    said = f"Bad request: {escape(part)} can't be served."
    told = without_echo(said, ["Summarize this.", ARTICLE])
    assert GAP in told
    assert told.startswith("Bad request: ")
    assert told.endswith(" can't be served.")
    assert set(re.findall(r"\w+", told[13:-17])) <= {"b", "content", "role", "user"}


def test_what_is_between_two_echoes_goes_as_well() -> None:
    said = f"No: {ARTICLE[4:60]}, and so on, {ARTICLE[70:140]} is it."
    assert without_echo(said, [ARTICLE]) == f"No: {GAP} is it."


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Slow down.",
        "Unsupported parameter: 'max_tokens' is not supported with this model.",
        r"C:\new\users is \u12 & &c; no \x path \\",
        '{"detail": [{"loc": ["body", "messages", 0], "msg": "Input should be a string"}]}',
    ],
)
def test_what_is_no_echo_stays_as_it_is(said: str) -> None:
    assert without_echo(said, [ARTICLE]) == said


def test_nothing_of_the_end_is_left_where_a_long_message_breaks_off() -> None:
    said = f"{ARTICLE} {'.' * (LOOKED_AT - len(ARTICLE) - 6)}Veldmark's navy sent two frigates"
    assert without_echo(said, [ARTICLE]) == f"[{GAP}"
    assert without_echo("-" * 3 * LOOKED_AT, [ARTICLE]) == "-" * LOOKED_AT


@given(st.text(), st.text(), st.text())
def test_no_run_of_the_request_is_ever_left(before: str, sent: str, after: str) -> None:
    told = without_echo(before + sent + after, [sent])
    runs = "".join(filter(str.isalnum, told))
    known = "".join(filter(str.isalnum, sent))
    assert not [n for n in range(len(runs) - RUN + 1) if runs[n : n + RUN] in known]
