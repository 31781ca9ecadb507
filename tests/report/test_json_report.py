"""The JSON contract."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from handmade import PROVEN, Project

from codemods.finding import Amount, Cost, Finding, Fix, Precondition, Severity
from codemods.report.json import as_json
from codemods.report.statistics import as_json as statistics_json
from codemods.report.statistics import as_text, counts


def test_every_key_of_the_contract(project: Project, unknown: Precondition) -> None:
    finding = project.finding(unknown)
    (item,) = json.loads(as_json(project.report(finding)))
    assert item == {
        "code": "MN101",
        "name": "eager-load",
        "message": "Order.customer is loaded once per order",
        "severity": "high",
        "filename": "app/views.py",
        "location": {"row": 7, "column": 23},
        "end_location": {"row": 7, "column": 37},
        "function": "names",
        "related": [
            {
                "role": "loop",
                "filename": "app/views.py",
                "location": {"row": 6, "column": 18},
                "end_location": {"row": 6, "column": 38},
                "message": "this loop",
            },
            {
                "role": "query",
                "filename": "app/repository.py",
                "location": {"row": 2, "column": 12},
                "end_location": {"row": 2, "column": 32},
                "message": "the orders come from this query",
            },
        ],
        "cost": {
            "before": {"statements": "1 + orders", "rows": "2·orders"},
            "after": {"statements": "2", "rows": "2·orders"},
        },
        "fix": {"title": "Load the customers with the orders", "applicability": "review"},
        "alternatives": [],
        "preconditions": [
            {
                "name": "no-unknown-calls",
                "status": "unknown",
                "reason": "append may do anything",
                "place": {
                    "filename": "app/views.py",
                    "location": {"row": 7, "column": 2},
                    "end_location": {"row": 7, "column": 15},
                },
            }
        ],
    }


def test_what_there_is_not_is_null(project: Project, refuted: Precondition) -> None:
    finding = project.finding(refuted, PROVEN, fix=False)
    (item,) = json.loads(as_json(project.report(finding), with_edits=True))
    assert item["fix"] is None
    assert item["preconditions"][1]["place"] is None


def test_names_are_relative_to_the_working_directory(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = project.report(project.finding())
    monkeypatch.chdir(project.root / "app")
    (item,) = json.loads(as_json(report))
    assert item["filename"] == "views.py"
    (project.root / "other").mkdir()
    monkeypatch.chdir(project.root / "other")
    (item,) = json.loads(as_json(report))
    assert item["filename"] == "../app/views.py"


def test_edits_that_cannot_be_made_are_null_and_told(project: Project) -> None:
    def broken() -> tuple[()]:
        raise ValueError("the place is gone")

    finding = project.finding()
    failures = []
    broken_fix = Fix("Fix it", (), broken)
    report = project.report(_with_fix(finding, broken_fix))
    (item,) = json.loads(as_json(report, with_edits=True, on_failure=failures.append))
    assert item["fix"]["edits"] is None
    assert "the place is gone" in failures[0].message
    assert failures[0].path == Path(project.views.path)


def _with_fix(finding: Finding, fix: Fix) -> Finding:

    return replace(finding, fix=fix)


def test_statistics(project: Project, unknown: Precondition, refuted: Precondition) -> None:
    found = counts(
        [
            project.finding(PROVEN),
            project.finding(PROVEN),
            project.finding(unknown),
            replace(project.finding(refuted, fix=False), cost=Cost(Amount("3", "9"), None)),
            *(
                replace(project.finding(), code="MN401", severity=Severity.LOW, cost=None)
                for _ in range(9)
            ),
        ]
    )
    assert as_text(found).splitlines() == [
        "                   found  growing  safe  review  no fix",
        "MN101  eager-load      4        3     2       1       1",
        "MN401  eager-load      9        0     9       0       0",
    ]
    assert json.loads(statistics_json(found))[0] == {
        "code": "MN101",
        "name": "eager-load",
        "count": 4,
        "growing": 3,
        "safe": 2,
        "review": 1,
        "without": 1,
    }
