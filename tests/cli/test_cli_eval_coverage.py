"""`summarizer eval coverage`: the table, in each of its forms."""

from __future__ import annotations

import json
from pathlib import Path

from commands import Invoke
from gold_files import draft, read, suite, write


def test_the_table_has_a_row_for_each_value(invoke: Invoke, tmp_path: Path) -> None:
    drills = suite(tmp_path / "drills", one=draft(), two=draft())
    write(drills / "test" / "three.json", draft())
    manifest = drills / "manifest.json"
    write(manifest, read(manifest) | {"covers": {"military_activities.realis": 3}})
    assert invoke("eval", "seal", drills).exit_code == 0
    text = invoke("eval", "coverage", drills).stdout.splitlines()
    assert text[0].split() == ["field", "value", "dev", "test", "all", "documents", "asked"]
    assert "military_activities.realis ongoing 2 1 3 3 3" in [" ".join(r.split()) for r in text]
    page = invoke("eval", "coverage", drills, "--format", "md").stdout.splitlines()
    assert page[1] == "| --- | --- | ---: | ---: | ---: | ---: | ---: |"
    assert "| military_activities.realis | ongoing | 2 | 1 | 3 | 3 | 3 |" in page
    assert "| military_activities.realis | planned | 0 | 0 | 0 | 0 | 3 |" in page
    told = json.loads(invoke("eval", "coverage", drills, "--format", "json").stdout)
    assert {"value": "ongoing", "times": {"dev": 2, "test": 1}, "documents": 3} in told[
        "military_activities.realis"
    ]
    some = invoke("eval", "coverage", drills, "--asked", "--format", "json").stdout
    assert [*json.loads(some)] == ["military_activities.realis"]
    assert {*told} > {"parties.kind", "military_activities.realis"}
