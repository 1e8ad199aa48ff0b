"""The page on checks lists every check, as it says of itself."""

from __future__ import annotations

from pathlib import Path

from summarizer import CHECKS, Check

PAGE = Path(__file__).resolve().parents[2] / "docs" / "checks.md"
BEGIN, END = "<!-- checks: begin -->\n", "<!-- checks: end -->"
HEAD = (
    "| check | holds against an item | severity | languages | can't see |\n|---|---|---|---|---|\n"
)


def row(check: Check) -> str:
    languages = ", ".join(sorted(check.languages)) if check.languages else "any"
    told = (check.find.__doc__ or "").strip().partition("\n")[0].removesuffix(".")
    blind = check.blind[:1].lower() + check.blind[1:].removesuffix(".")
    holds = told[:1].lower() + told[1:]
    return f"| {check.name} | {holds} | {check.severity} | {languages} | {blind} |\n"


def table() -> str:
    """The table of all checks. `python tests/checks/test_checks_docs.py` writes it to the page."""
    return HEAD + "".join(map(row, CHECKS))


def test_the_page_has_the_table_of_all_checks() -> None:
    assert BEGIN + table() + END in PAGE.read_text(encoding="utf-8")


def test_every_check_says_what_it_cannot_see_and_has_a_name_of_its_own() -> None:
    assert all(check.blind for check in CHECKS)
    assert len({check.name for check in CHECKS}) == len(CHECKS)


if __name__ == "__main__":
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    PAGE.write_text(before + BEGIN + table() + END + rest.partition(END)[2], encoding="utf-8")
