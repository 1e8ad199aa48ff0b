"""What a batch came to, for people and for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from summarizer.batch.failing import reason
from summarizer.cli.batch.progress import clock, money, speed
from summarizer.cli.batch.work import Stop
from summarizer.cli.output import json_text
from summarizer.ledger import Limit
from summarizer.view.clean import clean

if TYPE_CHECKING:
    from summarizer.cli.batch.work import Work

_STOPS = {
    Stop.INTERRUPT: "an interrupt",
    Stop.ERROR: "an error",
    Limit.COST: "--max-cost",
    Limit.TOKENS: "--max-tokens",
    Limit.FAILURES: "--max-failures",
    Limit.UNKNOWN: "an endpoint that tells no tokens, which the budget needs",
}


def facts(
    work: Work, settings_hash: str, seconds: float, error: BaseException | None
) -> dict[str, Any]:
    """What came of the batch: documents of this start and of those before it, and what this start
    cost. `seconds` is how long it took; those in `usage` are of requests, side by side. `error`
    is what ended the work, if something did."""
    ledger, written = work.ledger, work.written
    return {
        "output": str(work.output.path),
        "settings_hash": settings_hash,
        "documents": {
            "ok": written["ok"],
            "failed": written["failed"] + written["kept"],
            "kept": written["kept"],
            "done_before": work.done_before,
            "failed_before": work.failed_before,
            "repeated": work.intake.repeated,
        },
        "usage": asdict(ledger.spent) | {"seconds": round(ledger.spent.seconds, 3)},
        "seconds": round(seconds, 3),
        "cost": None if ledger.cost is None else round(ledger.cost, 6),
        "currency": ledger.price.currency if ledger.price else None,
        "stopped_by": work.stopped_by,
        "error": _told(error) if isinstance(error, Exception) else None,
    }


def _told(error: Exception) -> dict[str, str]:
    why = reason(error)
    return {"type": why.type, "message": why.message}


def as_json(found: dict[str, Any]) -> str:
    """The facts as JSON."""
    return json_text(json.dumps(found, indent=2, ensure_ascii=False))


def as_text(found: dict[str, Any]) -> str:
    """The facts as lines, those left out that have nothing to say."""
    documents, usage, seconds = found["documents"], found["usage"], found["seconds"]
    done = documents["ok"] + documents["failed"]
    rows = [
        ("output", clean(found["output"])),
        ("documents", f"{documents['ok']:,} done, {documents['failed']:,} failed"),
    ]
    before = documents["done_before"] + documents["failed_before"]
    if before:
        rows.append(
            ("before", f"{documents['done_before']:,} done, {documents['failed_before']:,} failed")
        )
    kept = documents["kept"]
    if kept:
        records = f"{kept:,} record" + "s" * (kept != 1)
        rows.append(("kept", f"{records} of before; the same command tries again to renew them"))
    if failed := documents["failed"] - kept + documents["failed_before"]:
        rows.append(("failed", f"{failed:,} in all; --retry-failed does them again"))
    if documents["repeated"]:
        rows.append(("repeated", f"{documents['repeated']:,}, which are done once"))
    rows += [
        ("calls", f"{usage['calls']:,}, {usage['reasks']:,} of them re-asks"),
        ("tokens", _tokens(usage)),
    ]
    if usage["saved_calls"]:
        tokens = usage["saved_prompt_tokens"] + usage["saved_completion_tokens"]
        rows.append(("saved", f"{usage['saved_calls']:,} calls, {tokens:,} tokens"))
    rate = f", {speed(done / seconds)}" if done and seconds else ""
    rows.append(("time", f"{clock(seconds)}{rate}"))
    if found["cost"] is not None:
        rows.append(("cost", f"{money(found['cost'])} {clean(found['currency'])}"))
    if found["stopped_by"]:
        by = _STOPS[found["stopped_by"]]
        rows.append(("stopped", f"by {by}; the same command goes on"))
    return "".join(f"{name:<9}  {fact}\n" for name, fact in rows)


def _tokens(usage: dict[str, Any]) -> str:
    cached = f" ({usage['cached_tokens']:,} of them cached by the server)"
    read = f"{usage['prompt_tokens']:,} in{cached if usage['cached_tokens'] else ''}"
    return f"{read}, {usage['completion_tokens']:,} out"
