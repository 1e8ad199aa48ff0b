"""What `--schema` may name, and what is said where it names nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from summarizer.cli.schema_source import schema_class
from summarizer.errors import ConfigurationError
from summarizer.schemas import SituationSummary

MODULE = """
from __future__ import annotations
from pydantic import BaseModel

class Ship(BaseModel):
    label: str

class Fleet(BaseModel):
    ships: list[Ship]

number = 3
"""


@pytest.fixture(autouse=True)
def _own_modules(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = set(sys.modules)
    monkeypatch.setattr(sys, "path", list(sys.path))
    yield
    for name in set(sys.modules) - before:
        del sys.modules[name]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, content: str = MODULE) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def test_none_is_the_situation_summary() -> None:
    assert schema_class(None) is SituationSummary


def test_a_class_of_an_installed_module() -> None:
    assert schema_class("summarizer.schemas:SituationSummary") is SituationSummary


def test_a_class_of_a_module_in_the_current_folder(folder: Path) -> None:
    write(folder / "fleet_module.py")
    assert schema_class("fleet_module:Fleet").model_fields.keys() == {"ships"}


def test_a_class_of_a_file_wherever_it_lies_with_annotations_that_are_strings(
    folder: Path,
) -> None:
    path = write(folder / "my fleet.py")
    assert schema_class(f"{path}:Fleet").model_json_schema()["required"] == ["ships"]


def test_a_file_may_import_what_lies_beside_it(folder: Path) -> None:
    (folder / "sub").mkdir()
    write(folder / "sub" / "beside_it.py")
    write(folder / "sub" / "main_file.py", "from beside_it import Fleet\n")
    assert schema_class("sub/main_file.py:Fleet").__name__ == "Fleet"


def test_no_file_that_lies_about_stands_in_for_a_library(folder: Path) -> None:
    assert "tabnanny" not in sys.modules
    write(folder / "tabnanny.py", "raise RuntimeError('imported')\n")
    write(folder / "fleet_module.py", f"import tabnanny\n{MODULE.split('annotations', 1)[1]}")
    assert schema_class("fleet_module:Fleet").__name__ == "Fleet"


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("fleet", "names no class"),
        ("fleet.py", "names no class"),
        (":Fleet", "names no class"),
        ("fleet.py:", "names no class"),
        ("fleet.py:a b", "names no class"),
        ("missing.py:Fleet", "There is no file missing.py"),
        ("missing_module:Fleet", "There is no module missing_module"),
        ("summarizer.missing:Fleet", "There is no module summarizer.missing"),
        ("fleet.py:Missing", "Missing in fleet.py does not exist"),
        ("fleet.py:number", "number in fleet.py is no Pydantic model class"),
        ("fleet.py:BaseModel", "BaseModel in fleet.py is no Pydantic model class"),
        ("broken.py:Fleet", "broken.py can't be imported: ZeroDivisionError"),
        ("broken:Fleet", "broken can't be imported: ZeroDivisionError"),
        ("wanting:Fleet", "wanting can't be imported: ModuleNotFoundError"),
        ("odd.py:Fleet", "odd.py can't be imported: SyntaxError"),
    ],
)
def test_what_names_no_schema_is_an_error_with_a_way_out(
    folder: Path, named: str, said: str
) -> None:
    write(folder / "fleet.py")
    write(folder / "broken.py", "1 / 0\n")
    write(folder / "wanting.py", "import nothing_of_this_name\n")
    write(folder / "odd.py", "class\n")
    with pytest.raises(ConfigurationError) as caught:
        schema_class(named)
    assert said in caught.value.message
    assert caught.value.hint


def test_the_classes_that_a_module_has_are_named(folder: Path) -> None:
    write(folder / "fleet.py")
    with pytest.raises(ConfigurationError) as caught:
        schema_class("fleet.py:Missing")
    assert caught.value.hint == "It has: Ship, Fleet."


def test_what_a_module_prints_does_not_reach_standard_output(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "loud.py", f"{MODULE}\nprint('hello')\n")
    schema_class("loud.py:Fleet")
    out, err = capsys.readouterr()
    assert (out, err) == ("", "hello\n")
