"""Gold on disk, about an exercise that never was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TEXT = (
    "Veldmark and Ostrava opened the naval drill Clear Water on 3 May.\n"
    "The drill is meant to deter smugglers, said General Irsa Toll of Veldmark.\n\n"
    "At least 12 ships take part. They could, Toll warned, stay “well into June”.\n"
    "Subscribe to our newsletter."
)
"""Five sentences; the fifth is page residue."""

LABELS: dict[str, Any] = {
    "parties": [
        {"id": "p1", "name": "Veldmark", "kind": "state"},
        {"id": "p2", "name": "Ostrava", "kind": "state"},
        {"id": "p3", "name": "Irsa Toll", "aliases": ["Toll"], "member_of": ["p1"]},
    ],
    "military_activities": [
        {
            "id": "a1",
            "name": "Clear Water",
            "type": "joint_exercise",
            "realis": "ongoing",
            "actors": ["p1", "p2"],
            "date": {"text": "3 May", "edtf": "2031-05-03"},
            "quantities": [{"measure": "vessels", "min": 12, "qualifier": "At least"}],
            "claims": [{"status": "asserted", "evidence": [1]}],
            "evidence": [1, 3],
        }
    ],
    "expert_assessments": [
        {
            "id": "x1",
            "assessor": "p3",
            "type": "forecast",
            "proposition": "The ships could stay well into June.",
            "evidence": [4],
        }
    ],
    "claimed_motives": [
        {"id": "c1", "motive_of": ["p1"], "motive": "to deter smugglers", "evidence": [2]}
    ],
}
"""What there is to find, with sentence numbers in the place of quotes."""

TOLERANCES: list[dict[str, Any]] = [
    {
        "at": "/expert_assessments/0/proposition",
        "facts": [{"accept": [r"\bships?\b"]}, {"accept": ["June"], "reject": ["not .*June"]}],
    },
    {"at": "/claimed_motives/0/motive", "facts": [{"accept": ["deter"]}]},
    {"at": "/military_activities/0/quantities/0/min", "interval": [12, None]},
    {"at": "/military_activities/0/evidence/1", "optional": True},
    {"at": "/military_activities/0/actors/1", "alternatives": ["p3"]},
    {"at": "/parties/2", "optional": True, "names": ["General Toll"]},
]


def annotator(name: str, kind: str = "person") -> dict[str, Any]:
    return {"id": name, "kind": kind}


def draft(**changes: Any) -> dict[str, Any]:
    """A draft with all that a strict check asks for; a change to None takes a field out."""
    opinion = {"labels": LABELS, "tolerances": TOLERANCES}
    whole = {
        "text": TEXT,
        "language": "en",
        "published": "2031-05-05",
        "licence": "Apache-2.0",
        "provenance": {
            "written_by": annotator("w1"),
            "adjudicated_by": annotator("j1"),
            "created": "2031-06-01",
        },
        **opinion,
        "regions": [{"sentences": [5], "why": "residue"}],
        "annotations": [{"annotator": annotator(name), **opinion} for name in ("r1", "r2")],
        **changes,
    }
    kept = {key: value for key, value in whole.items() if value is not None}
    copied: dict[str, Any] = json.loads(json.dumps(kept))  # nothing in it stands in two places
    return copied


def write(path: Path, content: Any) -> Path:
    """Write JSON, in folders that are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def suite(folder: Path, **documents: dict[str, Any]) -> Path:
    """A suite of drafts in `folder`, in the split dev; its manifest lists none of them yet."""
    manifest = {
        "name": folder.name,
        "version": "1",
        "description": "Exercises.",
        "licence": "Apache-2.0",
        "record": "SituationSummary",
        "guidelines": "1",
    }
    write(folder / "manifest.json", manifest)
    for name, content in documents.items():
        write(folder / "dev" / f"{name}.json", content)
    return folder
