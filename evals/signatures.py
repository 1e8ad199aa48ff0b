"""What a score is a score of: everything that would change it, on one line.

    slotF|gate|τ|weights#|norm#|gold#|n|k|model|prompt#|settings|strategy|judge#|ci|cmp|seed|version

Two scores can be held against each other if all but model, prompt, settings and strategy are the
same: those are what is compared. `settings` is the hash of what was asked, and `strategy` how the
articles were read, each way with the number of its predictions, since one that is asked for as
`auto` comes to several. `norm#` is the digest of the scorer's source: of the modules that `scoring`
and `aggregation` import, and of what they rest on outside of the evals (names, the days that dates
mean, and where sentences end). `weights#` is of the schema's fields as they are compared.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.evals.runs import digest_of_gold, name_of
from summarizer.evals.significance import TRIALS

if TYPE_CHECKING:
    from summarizer.evals.plan import FieldPlan, RecordPlan
    from summarizer.evals.runs import Prediction, Run
    from summarizer.evals.scoring import Scorer
    from summarizer.evals.suites import Document

DIGITS = 8
SEED = 0
"""Of the exchanges that two runs are compared by."""
SOURCES = (
    *(
        f"summarizer.evals.{name}"
        for name in (
            *("aggregation", "alignment", "comparators", "counts", "estimates", "identities"),
            *("kernel", "labelled", "matches", "overlap", "plan", "prose", "scoring"),
            *("statistics", "tally", "things", "trees"),
        )
    ),
    *("summarizer.names", "summarizer.schemas.dating", "summarizer.segmentation"),
)
"""Modules and packages whose code has a say in a score."""


def signature(run: Run, documents: Sequence[Document[Any]], scorer: Scorer) -> str:
    """The signature of the score that `scorer` gives a run over documents."""
    made = [*_made(run, documents)]
    prompts = _told(made, "prompt")
    strategies = [f"{name}×{count}" for name, count in sorted(_told(made, "strategy").items())]
    parts = [
        "slotF",
        "gate:type+anchor",
        f"τ:{scorer.threshold:g}",
        f"weights#{_digest(_weights(scorer))}",
        f"norm#{_digest(_code())}",
        f"gold#{digest_of_gold(documents)[:DIGITS]}",
        f"n:{len(documents)}",
        f"k:{run.settings.repeats}",
        f"model:{run.settings.model or 'none'}",
        f"prompt:{'+'.join(sorted(prompts)) or 'none'}",
        f"settings:{run.settings.settings_hash or 'none'}",
        f"strategy:{'+'.join(strategies) or 'none'}",
        "judge:none",
        "ci:jackknife-t-logit",
        f"cmp:randomisation-{TRIALS}",
        f"seed:{SEED}",
        f"v{version('situation-summarizer')}",
    ]
    return "|".join(parts)


def _made(run: Run, documents: Sequence[Document[Any]]) -> Iterator[Prediction]:
    names = {name_of(document) for document in documents}
    for each in run.predictions.values():
        if f"{each.split}/{each.id}" in names:
            yield each


def _told(made: Sequence[Prediction], what: str) -> Counter[str]:
    """What predictions say of themselves, with how many of them do."""
    return Counter(str(told) for each in made if (told := each.signature.get(what)))


def _weights(scorer: Scorer) -> str:
    plan = scorer.plan
    told = {name: _record(record) for name, record in plan.sections.items()}
    return json.dumps([scorer.size, told], sort_keys=True)


def _record(plan: RecordPlan) -> list[Any]:
    return [_field(each) for each in plan.fields]


def _field(plan: FieldPlan) -> list[Any]:
    inner = _record(plan.record) if plan.record is not None else repr(plan.comparator)
    return [plan.name, plan.many, plan.weight, plan.anchor, plan.naming, inner]


def _code() -> str:
    """The source of the scorer."""
    return "\n".join(file.read_text(encoding="utf-8") for file in _files())


def _files() -> Iterator[Path]:
    for name in SOURCES:
        # Found, and not imported: the evals import nothing of what they score.
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        file = Path(spec.origin)
        yield from sorted(file.parent.glob("*.py")) if file.name == "__init__.py" else [file]


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:DIGITS]
