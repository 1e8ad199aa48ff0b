"""Print who is in each article of a folder, as the records come in, and what they cost.

    python examples/many_articles.py [FOLDER]

Articles go side by side, as many as the endpoint bears; one that fails is named, and the others go
on. The embedded model reads them unless the environment names an endpoint: SUMMARIZER_BASE_URL,
SUMMARIZER_MODEL, SUMMARIZER_API_KEY.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from summarizer import Article, Failure, Summarizer, read

FOLDER = Path(__file__).parent / "articles"


def articles_in(folder: Path) -> Iterator[Article]:
    """The articles in a folder, read one by one as they are wanted."""
    for path in sorted(folder.glob("*.txt")):
        yield read(path, id=path.stem)


def main(folder: Path) -> None:
    """Print a line for each article, and the sum of what they cost."""
    tokens = saved = 0
    with Summarizer() as summarizer:
        for outcome in summarizer.batch(articles_in(folder)):
            if isinstance(outcome, Failure):
                print(f"{outcome.id}: {outcome.error.message}", file=sys.stderr)
            else:
                names = ", ".join(party.name for party in outcome.summary.parties)
                print(f"{outcome.article.id}: {names}")
            tokens += outcome.usage.prompt_tokens + outcome.usage.completion_tokens
            saved += outcome.usage.saved_calls
    print(f"{tokens} tokens; {saved} answers were kept from an earlier run")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
