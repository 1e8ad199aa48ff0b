"""`summarizer eval`: what its commands print, and their exit status."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import Invoke
from gold_files import TEXT, draft, suite, write

from summarizer.evals.folders import GOLD


def test_sentences_are_numbered_one_to_a_line(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "drill.txt"
    path.write_text("One ship  sailed\x1b[2J away.\n\nAnother stayed.", encoding="utf-8")
    done = invoke("eval", "sentences", path)
    assert done.exit_code == 0
    assert done.stdout == "[1] One ship sailed[2J away.\n[2] Another stayed.\n"


def test_the_sentences_of_a_draft_are_those_of_its_text(invoke: Invoke, tmp_path: Path) -> None:
    text = tmp_path / "drill.txt"
    text.write_text(TEXT, encoding="utf-8")
    content = draft(text=None, text_file="drill.txt")
    beside = write(tmp_path / "beside.json", content)
    within = write(tmp_path / "within.json", draft())
    shown = [invoke("eval", "sentences", path).stdout for path in (text, beside, within)]
    assert shown[0].splitlines()[4] == "[5] Subscribe to our newsletter."
    assert len(set(shown)) == 1


def test_the_language_decides_where_sentences_end(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "drill.txt"
    path.write_text("Die Übung begann am 3. Mai.", encoding="utf-8")
    assert len(invoke("eval", "sentences", path, "--language", "de").stdout.splitlines()) == 1
    assert len(invoke("eval", "sentences", path, "--language", "en").stdout.splitlines()) == 2


def test_a_text_is_cut_in_the_language_of_the_draft_beside_it(
    invoke: Invoke, tmp_path: Path
) -> None:
    path = tmp_path / "drill.txt"
    path.write_text("Die Übung begann am 3. Mai.", encoding="utf-8")
    content = draft(text=None, text_file="drill.txt", language="de")
    beside = write(tmp_path / "drill.json", content)
    shown = [invoke("eval", "sentences", file).stdout for file in (path, beside)]
    assert shown[0] == shown[1] == "[1] Die Übung begann am 3. Mai.\n"
    write(tmp_path / "drill.json", content | {"text_file": "other.txt"})
    assert len(invoke("eval", "sentences", path).stdout.splitlines()) == 2


def test_a_text_that_cannot_be_read_is_wrong_usage(invoke: Invoke, tmp_path: Path) -> None:
    done = invoke("eval", "sentences", tmp_path / "none.txt")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "none.txt: can't be read" in done.stderr


def test_sealing_says_what_it_wrote(invoke: Invoke, tmp_path: Path) -> None:
    folder = suite(tmp_path / "drills", one=draft())
    done = invoke("eval", "seal", folder)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "manifest.json" in done.stderr
    assert "1 looked at, 2 files written." in done.stderr
    assert "1 looked at, 0 files written." in invoke("eval", "seal", folder).stderr


def test_what_cannot_be_sealed_is_one_line_each_and_status_1(
    invoke: Invoke, tmp_path: Path
) -> None:
    path = write(tmp_path / "drill.json", draft(sha256="0" * 64, id="\x1b"))
    done = invoke("eval", "seal", path)
    assert done.exit_code == 1
    assert done.stdout == f"{path}: sha256: is not that of the text, which was changed since\n"


def test_nothing_to_seal_is_wrong_usage(invoke: Invoke, tmp_path: Path) -> None:
    done = invoke("eval", "seal", tmp_path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "There are no gold documents" in done.stderr
    assert "JSON file with the labels" in done.stderr
    assert "summarizer eval seal" in done.stderr


def test_of_a_draft_lint_says_once_what_completes_it(invoke: Invoke, tmp_path: Path) -> None:
    path = write(tmp_path / "one.json", draft())
    done = invoke("eval", "lint", path, "--strict")
    assert done.exit_code == 1
    assert done.stdout == f"{path}: is a draft: `summarizer eval seal` completes it\n"


def test_a_clean_suite_is_told_of_in_one_line_on_stderr(invoke: Invoke, tmp_path: Path) -> None:
    folder = suite(tmp_path / "drills", one=draft())
    invoke("eval", "seal", folder)
    done = invoke("eval", "lint", folder)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "1 document, no problem.\n"


def test_every_problem_is_a_line_of_file_place_and_message_and_the_status_is_1(
    invoke: Invoke, tmp_path: Path
) -> None:
    folder = suite(tmp_path / "drills", one=draft(licence=None))
    invoke("eval", "seal", folder)
    file = folder / "dev" / "one.json"
    assert invoke("eval", "lint", folder).exit_code == 0
    done = invoke("eval", "lint", folder, "--strict")
    assert done.exit_code == 1
    assert f"{file}: licence: is missing" in done.stdout.splitlines()
    assert f"1 document, {len(done.stdout.splitlines())} problems in 1 file." in done.stderr


def test_labels_may_be_of_a_schema_of_ones_own(invoke: Invoke, tmp_path: Path) -> None:
    path = write(tmp_path / "one.json", draft())
    invoke("eval", "seal", path)
    done = invoke("eval", "lint", path, "--schema", "summarizer.schemas:Quantity")
    assert done.exit_code == 1
    (line,) = done.stdout.splitlines()
    assert "labels: are of another schema than Quantity, which has no parties, " in line
    assert "--schema" in line


@pytest.mark.parametrize("kind", [[], ["document"], ["manifest"]])
def test_the_schemas_that_are_shipped_can_be_printed(invoke: Invoke, kind: list[str]) -> None:
    done = invoke("eval", "schema", *kind)
    shipped = GOLD / f"{(*kind, 'document')[0]}.schema.json"
    assert done.stdout == shipped.read_text(encoding="utf-8")
