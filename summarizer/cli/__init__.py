"""The command line. `main` is what the console script and ``python -m summarizer`` call."""

from __future__ import annotations


def main() -> None:
    """Run the command that `sys.argv` names, and exit with its status.

    0 is done, 1 that the work failed, 2 wrong usage, 130 an interrupt.
    """
    try:
        from summarizer.cli.app import app

        app(prog_name="summarizer")
    except KeyboardInterrupt:  # before a command had begun, or after it had ended
        raise SystemExit(130) from None
