"""A run or a comparison as one self-contained page of HTML.

Nothing on it is loaded from elsewhere, and nothing runs but its own script; without it nothing is
sorted or lit up, and all else is there. Articles, records and errors reach it as text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from summarizer.evals.comparing import compare_runs
from summarizer.evals.judgement import judge
from summarizer.evals.report import differences, scores
from summarizer.evals.report.documents import overview, unfolding
from summarizer.evals.report.sheets import sheets
from summarizer.evals.runs import Run, covered, name_of
from summarizer.view.clean import clean
from summarizer.view.markup import Html, el
from summarizer.view.shell import asset, bar, document

if TYPE_CHECKING:
    from summarizer.evals.scoring import Scorer
    from summarizer.evals.suites import Suite


def run_page(run: Run, suite: Suite[Any], scorer: Scorer, *, split: str | None = None) -> str:
    """What a run comes to, and each of its documents. Raises as `judgement.judge` does."""
    judgement, _ = judge(run, suite, scorer, split=split)
    shown = [*sheets([run], covered(run, suite, split=split), scorer)]
    facts = {
        "suite": _suite(suite, judgement.split),
        "documents": str(judgement.documents),
        "repeats": str(judgement.repeats),
        **_told(run),
        "signature": judgement.signature,
    }
    return _page(
        run.settings.name,
        _head(run.settings.name, run.settings.description, facts),
        scores.failed(judgement, shown),
        scores.figures(judgement),
        scores.sections(judgement),
        overview(shown),
        scores.errors(judgement),
        scores.fields(judgement),
        unfolding(shown),
    )


def comparison_page(
    baseline: Run,
    candidate: Run,
    suite: Suite[Any],
    scorer: Scorer,
    *,
    split: str | None = None,
) -> str:
    """How a candidate compares with a baseline, and both records of each document. Raises as
    `comparing.compare_runs` does."""
    report = compare_runs(baseline, candidate, suite, scorer, split=split)
    theirs = {name_of(each) for each in covered(candidate, suite, split=split)}
    both = [each for each in covered(baseline, suite, split=split) if name_of(each) in theirs]
    shown = [*sheets([baseline, candidate], both, scorer)]
    title = f"{report.candidate} against {report.baseline}"
    facts = {
        "suite": _suite(suite, report.split),
        "documents": str(report.documents),
        **{f"A: {key}": value for key, value in _told(baseline).items()},
        **{f"B: {key}": value for key, value in _told(candidate).items()},
        "A: signature": report.baseline_signature,
        "B: signature": report.candidate_signature,
    }
    return _page(
        title,
        _head(title, f"A is {report.baseline}, B is {report.candidate}.", facts),
        differences.verdict(report),
        differences.sections(report),
        differences.changes(report, shown),
        overview(shown),
        unfolding(shown),
    )


def _page(title: str, *parts: Html) -> str:
    style = Html(asset("summarizer.view", "style.css") + asset(__package__, "report.css"))
    return document(
        clean(title),
        "sv rp-page",
        el("a", {"class": "sv-skip", "href": "#documents"}, "Skip to the documents"),
        el("main", None, *parts),
        bar(),
        style=style,
        script=Html(asset("summarizer.view", "bar.js") + asset(__package__, "report.js")),
    )


def _head(title: str, description: str, facts: Mapping[str, str]) -> Html:
    entries = [
        el("div", None, el("dt", None, name), el("dd", {"dir": "auto"}, clean(value)))
        for name, value in facts.items()
        if value
    ]
    return el(
        "header",
        {"class": "rp-header"},
        el("h1", {"dir": "auto"}, clean(title)),
        el("p", {"dir": "auto"}, clean(description)),
        el("dl", {"class": "rp-facts"}, *entries),
    )


def _suite(suite: Suite[Any], split: str | None) -> str:
    manifest = suite.manifest
    version = f" {manifest.version}, guidelines {manifest.guidelines}" if manifest else ""
    return f"{suite.name}{version}, {f'split {split}' if split else 'all splits'}"


def _told(run: Run) -> dict[str, str]:
    """What a run is a run of."""
    settings = run.settings
    return {
        "model": settings.model or "no model",
        "asked": _listed(settings.asked),
        "settings hash": settings.settings_hash or "",
        "environment": _listed(settings.environment),
    }


def _listed(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{key} {value}" for key, value in values.items() if value is not None)
