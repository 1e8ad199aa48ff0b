"""What a score is a score of: everything that would change it, on one line.

    slotF|gate|τ|weights#|norm#|gold#|n|k|model|prompt#|judge#|ci|cmp|seed|version

Two scores can be held against each other if all but model and prompt are the same.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer import names
from summarizer.evals import comparators, prose
from summarizer.evals.runs import digest_of_gold
from summarizer.evals.significance import TRIALS

if TYPE_CHECKING:
    from types import ModuleType

    from summarizer.evals.plan import FieldPlan, RecordPlan
    from summarizer.evals.runs import Run
    from summarizer.evals.scoring import Scorer
    from summarizer.evals.suites import Document

DIGITS = 8
SEED = 0
"""Of the exchanges that two runs are compared by."""


def signature(run: Run, documents: Sequence[Document[Any]], scorer: Scorer) -> str:
    """The signature of the score that `scorer` gives a run over documents."""
    told = (each.signature.get("prompt") for each in run.predictions.values())
    prompts = {str(prompt) for prompt in told if prompt}
    parts = [
        "slotF",
        "gate:type+anchor",
        f"τ:{scorer.threshold:g}",
        f"weights#{_digest(_weights(scorer))}",
        f"norm#{_digest(_sources(comparators, prose, names))}",
        f"gold#{digest_of_gold(documents)[:DIGITS]}",
        f"n:{len(documents)}",
        f"k:{run.settings.repeats}",
        f"model:{run.settings.model or 'none'}",
        f"prompt:{'+'.join(sorted(prompts)) or 'none'}",
        "judge:none",
        "ci:jackknife-t-logit",
        f"cmp:randomisation-{TRIALS}",
        f"seed:{SEED}",
        f"v{version('situation-summarizer')}",
    ]
    return "|".join(parts)


def _weights(scorer: Scorer) -> str:
    plan = scorer.plan
    told = {name: _record(record) for name, record in plan.sections.items()}
    return json.dumps([scorer.size, told], sort_keys=True)


def _record(plan: RecordPlan) -> list[Any]:
    return [_field(each) for each in plan.fields]


def _field(plan: FieldPlan) -> list[Any]:
    inner = _record(plan.record) if plan.record is not None else repr(plan.comparator)
    return [plan.name, plan.many, plan.weight, plan.anchor, plan.naming, inner]


def _sources(*modules: ModuleType) -> str:
    """The code by which values are made comparable."""
    files: list[Path] = []
    for module in modules:
        file = Path(str(module.__file__))
        files += sorted(file.parent.glob("*.py")) if file.name == "__init__.py" else [file]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:DIGITS]
