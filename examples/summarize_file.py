"""Print who did what in an article, each line with its receipt.

    python examples/summarize_file.py [FILE]

The embedded model reads the article unless the environment names an endpoint:
SUMMARIZER_BASE_URL, SUMMARIZER_MODEL, SUMMARIZER_API_KEY.
"""

from __future__ import annotations

import sys
from pathlib import Path

from summarizer import Evidence, Result, SituationSummary, summarize

ARTICLE = Path(__file__).parent / "articles" / "northern-lantern.txt"


def show(result: Result[SituationSummary]) -> None:
    """Print the activities and meetings of a record, by the names of those who took part."""
    summary = result.summary
    names = {party.id: party.name for party in summary.parties}
    print(summary.headline)
    for activity in summary.military_activities:
        actors = ", ".join(names[actor] for actor in activity.actors)
        print(f"\n{activity.type}, {activity.realis or 'unknown'}: {actors or 'nobody named'}")
        show_receipts(activity.evidence)
    for meeting in summary.diplomatic_meetings:
        present = ", ".join(names[participant] for participant in meeting.participants)
        print(f"\nmeeting, {meeting.status or 'unknown'}: {present or 'nobody named'}")
        show_receipts(meeting.evidence)
    for issue in result.issues:
        print(f"note: {issue.message}", file=sys.stderr)


def show_receipts(evidence: list[Evidence]) -> None:
    """Print the sentences that carry an item, with their numbers."""
    for receipt in evidence:
        print(f"  [{receipt.sentence}] {receipt.quote}")


if __name__ == "__main__":
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else ARTICLE
    show(summarize(path.read_text(encoding="utf-8")))
