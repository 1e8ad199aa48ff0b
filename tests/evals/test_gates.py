"""A gate refuses each planted regression, and no noise."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from eval_runs import damaged, drills, labels_of, stored, without
from gold_files import read, write

from summarizer.errors import ConfigurationError, InputError, SummarizerError
from summarizer.evals.gates import Held, hold, load_gate
from summarizer.evals.judgement import judge
from summarizer.evals.runs import PREDICTIONS, RUN, Run, covered
from summarizer.evals.scoring import Scorer
from summarizer.evals.suites import Suite
from summarizer.schemas import SituationSummary

SCORER = Scorer(SituationSummary)
NAMES = "abcdefghij"


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Suite[Any]:
    return drills(tmp_path_factory.mktemp("gold") / "drills", NAMES, ["z"])


def gate(folder: Path, text: str) -> Path:
    file = folder / "gate.toml"
    file.write_text(text, encoding="utf-8")
    return file


def reasons(file: Path, run: Run, gold: Suite[Any], split: str | None = "dev") -> list[str]:
    held = hold(file, covered(run, gold, split=split), SCORER, suite=gold.name)
    judgement, _ = judge(run, gold, SCORER, split=split)
    return held.refusals(run, gold, judgement)


def lacking(gold: Suite[Any], names: str, *sections: str) -> dict[str, Any]:
    return {f"dev/{d.gold.id}": without(d, *sections) for d in gold.documents if d.gold.id in names}


def test_an_empty_gate_lets_a_sound_run_pass(tmp_path: Path, gold: Suite[Any]) -> None:
    assert reasons(gate(tmp_path, ""), stored(tmp_path / "run", gold), gold) == []


def test_a_document_that_failed_is_refused(tmp_path: Path, gold: Suite[Any]) -> None:
    run = stored(tmp_path / "run", gold, {"dev/b": None, "dev/c": None})
    assert reasons(gate(tmp_path, ""), run, gold) == ["2 failed, and 0 may: dev/b, dev/c"]
    assert reasons(gate(tmp_path, "max_failed = 1"), run, gold)
    assert reasons(gate(tmp_path, "max_failed = 2"), run, gold) == []


def test_a_quote_that_stands_nowhere_is_refused(tmp_path: Path, gold: Suite[Any]) -> None:
    labels = labels_of(gold.documents[1])
    evidence = labels["claimed_motives"][0]["evidence"][0]
    evidence["quote"] = evidence["quote"].replace("smugglers", "fishermen")
    run = stored(tmp_path / "run", gold, {"dev/b": labels})
    (reason,) = reasons(gate(tmp_path, ""), run, gold)
    assert "of the quotes stand in the article where they say, and 1 is asked for" in reason
    assert reason.endswith("not those of dev/b")
    assert reasons(gate(tmp_path, "min_located = 0.9"), run, gold) == []


def test_a_named_item_that_is_lost_is_refused(tmp_path: Path, gold: Suite[Any]) -> None:
    keep = gate(tmp_path, 'keep = ["dev/b#/claimed_motives/0", "dev/c#/parties/0"]')
    assert reasons(keep, stored(tmp_path / "whole", gold), gold) == []
    run = stored(tmp_path / "run", gold, lacking(gold, "abc", "claimed_motives"))
    assert reasons(keep, run, gold) == ["dev/b#/claimed_motives/0 is not found"]
    twice = stored(tmp_path / "twice", gold, [{}, lacking(gold, "b", "claimed_motives")])
    assert reasons(keep, twice, gold) == ["dev/b#2#/claimed_motives/0 is not found"]


def test_f_that_is_lower_by_more_than_chance_and_delta_is_refused(
    tmp_path: Path, gold: Suite[Any]
) -> None:
    stored(tmp_path / "runs" / "main", gold)
    worse = stored(tmp_path / "worse", gold, lacking(gold, NAMES, "claimed_motives"))
    held = 'baseline = "runs/main"\n'
    (reason,) = reasons(gate(tmp_path, f"{held}delta = 0.02"), worse, gold)
    assert reason.startswith("F is lower than that of main by 0.")
    assert "(p = 0.0020 < 0.01; δ = 0.02)" in reason
    assert reasons(gate(tmp_path, f"{held}delta = 0.5"), worse, gold) == []
    assert reasons(gate(tmp_path, f"{held}alpha = 0.001"), worse, gold) == []
    few = stored(tmp_path / "few", gold, lacking(gold, "abcd", "claimed_motives"))
    assert reasons(gate(tmp_path, held), few, gold) == []  # p = 2/16


def test_f_that_is_higher_is_not_refused(tmp_path: Path, gold: Suite[Any]) -> None:
    stored(tmp_path / "main", gold, lacking(gold, NAMES, "claimed_motives"))
    better = stored(tmp_path / "better", gold)
    assert reasons(gate(tmp_path, 'baseline = "main"'), better, gold) == []


def test_ten_repeats_of_one_system_pass_and_a_worse_system_doesnt(
    tmp_path: Path, gold: Suite[Any]
) -> None:
    def repeat(seed: int, degree: float) -> Run:
        chance = Random(seed)
        changed = {f"dev/{d.gold.id}": damaged(d, chance, degree) for d in gold.split("dev")}
        return stored(tmp_path / f"{seed}-{degree}", gold, changed)

    file = gate(tmp_path, f'baseline = "{repeat(0, 0.3).path.name}"')
    runs = [repeat(seed, 0.3) for seed in range(1, 11)]
    assert len({str([*run.predictions.values()]) for run in runs}) == 10
    assert [reasons(file, run, gold) for run in runs] == [[]] * 10
    assert all(reasons(file, repeat(seed, 0.9), gold) for seed in (1, 2))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("delta = ", "is not readable TOML"),
        ("detla = 0.1", "detla: Extra inputs are not permitted"),
        ("delta = 2", "delta: Input should be less than or equal to 1"),
        ("alpha = 0", "alpha: Input should be greater than 0"),
        ("max_failed = -1", "max_failed: "),
        ('keep = "dev/a#/parties/0"', "keep: Input should be a valid list"),
        ('baseline = "nowhere"', "nowhere is no run"),
        ('keep = ["dev/a"]', "'dev/a' names no item"),
        ('keep = ["dev/x#/parties/0"]', "the run is not over 'dev/x'"),
        ('keep = ["test/z#/parties/0"]', "the run is not over 'test/z'"),
        ('keep = ["dev/a#/parties/7"]', "the gold of dev/a has no item '/parties/7'"),
        ('keep = ["dev/a#/parties/2"]', "has no item '/parties/2' that is required"),
    ],
)
def test_a_gate_that_can_t_be_held_is_said_before_anything_is_run(
    tmp_path: Path, gold: Suite[Any], text: str, said: str
) -> None:
    with pytest.raises((InputError, ConfigurationError)) as raised:
        hold(gate(tmp_path, text), gold.split("dev"), SCORER, suite=gold.name)
    assert said in raised.value.message
    if "keep" in text and "valid list" not in said:
        assert raised.value.hint


def test_a_gate_that_can_t_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gate\.toml can't be read: No such file"):
        load_gate(tmp_path / "gate.toml")
    (tmp_path / "gate.toml").write_bytes(b"\xff")
    with pytest.raises(SummarizerError, match=r"gate\.toml is not UTF-8"):
        load_gate(tmp_path / "gate.toml")


def held_by_main(tmp_path: Path, gold: Suite[Any]) -> Held:
    file = gate(tmp_path, 'baseline = "main"')
    return hold(file, gold.split("dev"), SCORER, suite=gold.name)


@pytest.mark.parametrize(
    ("documents", "said"),
    [
        (["test/z"], "has 0 of the 10 documents of the run, and lacks dev/a, dev/b"),
        (["dev/a"], "has 1 of the 10 documents of the run, and lacks dev/b"),
        ([f"dev/{name}" for name in NAMES[:9]], "has 9 of the 10 documents of the run"),
    ],
)
def test_a_baseline_that_lacks_documents_of_the_run_is_no_baseline(
    tmp_path: Path, gold: Suite[Any], documents: list[str], said: str
) -> None:
    stored(tmp_path / "main", gold, documents=documents)
    with pytest.raises(ConfigurationError, match=said) as raised:
        held_by_main(tmp_path, gold)
    assert raised.value.hint


def test_a_baseline_that_was_broken_off_is_no_baseline(tmp_path: Path, gold: Suite[Any]) -> None:
    main = stored(tmp_path / "main", gold, [{}, {}]).path
    held_by_main(tmp_path, gold)
    lines = (main / PREDICTIONS).read_text(encoding="utf-8").splitlines(keepends=True)
    (main / PREDICTIONS).write_text("".join(lines[:-2]), encoding="utf-8")  # one is test/z
    with pytest.raises(ConfigurationError, match=r"has 9 of the 10 documents .* lacks dev/j"):
        held_by_main(tmp_path, gold)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"record": "Report"}, "main holds records of Report, and not of SituationSummary"),
        ({"suite": "parades"}, "main is a run over parades, and not over drills"),
    ],
)
def test_a_baseline_of_another_schema_or_suite_is_no_baseline(
    tmp_path: Path, gold: Suite[Any], settings: dict[str, Any], said: str
) -> None:
    stored(tmp_path / "main", gold, **settings)
    with pytest.raises(ConfigurationError, match=said):
        held_by_main(tmp_path, gold)


def test_a_run_over_fewer_documents_than_its_baseline_is_told(
    tmp_path: Path, gold: Suite[Any]
) -> None:
    def remarks(run: Run) -> list[str]:
        file = gate(tmp_path, 'baseline = "main"')
        held = hold(file, covered(run, gold, split="dev"), SCORER, suite=gold.name)
        judgement, _ = judge(run, gold, SCORER, split="dev")
        assert held.refusals(run, gold, judgement) == []
        return held.remarks(run, gold, judgement)

    main = stored(tmp_path / "main", gold)
    few = stored(tmp_path / "few", gold, documents=["dev/a", "dev/b"])
    assert remarks(few) == [
        f"Documents of {main.path} that {few.path} lacks, and that are left out: 8."
    ]
    assert remarks(stored(tmp_path / "whole", gold)) == []
    write(main.path / RUN, read(main.path / RUN) | {"gold": "0" * 64})
    assert remarks(stored(tmp_path / "whole", gold)) == [
        f"The gold of drills was changed since {main.path} was made."
    ]
