"""The command line, run inside a test or in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner, Result

ROOT = Path(__file__).resolve().parents[1]


class Invoke:
    """Runs a command inside the test: `invoke("run", "file")`."""

    def __call__(self, *args: str | Path, stdin: bytes | None = None) -> Result:
        from summarizer.cli.app import app

        return CliRunner().invoke(
            app, [str(arg) for arg in args], input=stdin, prog_name="summarizer"
        )


class Spawn:
    """Starts a command in a process of its own; `end` ends those that still run."""

    def __init__(self) -> None:
        self._started: list[subprocess.Popen[bytes]] = []

    def __call__(self, *args: str | Path, **env: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "summarizer", *map(str, args)],
            env={**os.environ, **env},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._started.append(process)
        return process

    def end(self) -> None:
        """Kill what still runs, and let go of its pipes."""
        for process in self._started:
            process.kill()
            process.wait()
            for pipe in (process.stdout, process.stderr):
                if pipe is not None:
                    pipe.close()
