"""What verdicts and causes are called on a page, and what they mean."""

from __future__ import annotations

from summarizer.evals.causes import Cause
from summarizer.evals.diagnosis import Verdict

SIGNS: dict[str, str] = {
    Verdict.CORRECT: "✓",
    Verdict.PARTIAL: "◐",
    Verdict.INCORRECT: "✕",
    Verdict.SPURIOUS: "+",
    Verdict.MISSING: "−",
}
"""Signs of the verdicts, so that they are not told by colour alone."""

MEANINGS = {
    Cause.VALUE: "It says something else.",
    Cause.MISATTRIBUTED: "It is true of another party, in another role, or of another item.",
    Cause.GRANULARITY: "It is less or more exact than the gold.",
    Cause.DUPLICATE: "It says again what another predicted item or value says.",
    Cause.SPLIT: "It is a part of a gold item of which another predicted item is the rest.",
    Cause.MERGED: "One predicted item or value stands for several.",
    Cause.UNLABELLED: "The article may well say it, and the gold doesn’t have it.",
    Cause.UNGROUNDED: "A quote, a name or a number in it stands nowhere in the article.",
    Cause.SHIFTED: "Another sentence is cited for it.",
    Cause.ITEM: "The item was not found.",
    Cause.FIELD: "The item was found, and this of it was not.",
}
