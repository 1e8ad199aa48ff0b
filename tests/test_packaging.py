"""The wheel, built from the sdist, holds the whole package and nothing else, and works alone."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINKED = ("schemas", "prompts", "evals")


def run(*command: str | Path, cwd: Path, path: Path | None = None) -> str:
    """The stdout of a command that must succeed; `path` goes before site-packages."""
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    if path is not None:
        env["PYTHONPATH"] = str(path)
    done = subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def files_under(folder: Path) -> set[str]:
    """Paths below `folder`, links followed, as a checkout has them."""
    return {
        (Path(where) / name).relative_to(folder).as_posix()
        for where, _, names in os.walk(folder, followlinks=True)
        for name in names
        if not name.endswith((".pyc", ".pyo"))
    }


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that was built from it."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    return out


@pytest.fixture(scope="module")
def installed(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, installed into a folder of its own, far from the checkout."""
    target = tmp_path_factory.mktemp("installed")
    (wheel,) = dist.glob("*.whl")
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index")
    run(*pip, "--no-compile", "--target", target, wheel, cwd=target)
    return target


def test_the_sdist_holds_the_linked_folders_once_and_no_link(dist: Path) -> None:
    (sdist,) = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        members = archive.getmembers()
    assert not [m.name for m in members if m.issym() or m.islnk()]
    names = {m.name.split("/", 1)[1] for m in members}
    for folder in LINKED:
        assert {f"{folder}/{name}" for name in files_under(ROOT / folder)} <= names
        assert not [n for n in names if n.startswith(f"summarizer/{folder}/")]
    assert {"LICENSE", "README.md", "CHANGELOG.md", "pyproject.toml"} <= names


def test_the_wheel_holds_what_the_checkout_holds(dist: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    names = {n for n in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in n}
    assert names == {f"summarizer/{name}" for name in files_under(ROOT / "summarizer")}
    assert "summarizer/py.typed" in names
    for folder in LINKED:
        assert {f"summarizer/{folder}/{name}" for name in files_under(ROOT / folder)} <= names


def test_nothing_generic_lands_in_site_packages(dist: Path) -> None:
    (wheel,) = dist.glob("situation_summarizer-*.whl")
    version = wheel.name.split("-")[1]
    top = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert top == {"summarizer", f"situation_summarizer-{version}.dist-info"}


def test_the_installed_package_is_imported_from_where_it_was_installed(installed: Path) -> None:
    code = (
        "import summarizer, summarizer.schemas; "
        "print(summarizer.__file__, summarizer.schemas.__file__)"
    )
    for file in run(sys.executable, "-c", code, cwd=installed.parent, path=installed).split():
        assert Path(file).is_relative_to(installed)


def test_the_console_script_and_the_module_print_the_same_help(installed: Path) -> None:
    script = installed / "bin" / "summarizer"
    as_script = run(script, "--help", cwd=installed.parent, path=installed)
    as_module = run(
        sys.executable, "-m", "summarizer", "--help", cwd=installed.parent, path=installed
    )
    assert "run" in as_script
    assert as_script == as_module


def test_the_installed_prompts_can_be_rendered(installed: Path, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Ardania and Belmar opened an exercise on Monday.", encoding="utf-8")
    script = installed / "bin" / "summarizer"
    assert "Ardania" in run(script, "prompt", article, cwd=tmp_path, path=installed)
