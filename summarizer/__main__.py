"""``python -m summarizer`` is the console script."""

from __future__ import annotations

from summarizer.cli import main

if __name__ == "__main__":
    main()
