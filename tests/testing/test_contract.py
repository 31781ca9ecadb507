"""The JSON of `check`, held to its contract on every piece of code in `before_after`."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pytest
from pieces import Answers, each_piece, told

from codemods.edits import Edit, apply_edits
from codemods.finding import Finding
from codemods.fixing import Fixer
from codemods.formula import names
from codemods.orm.scope import Scope
from codemods.project.config import load_settings
from codemods.project.discovery import python_files
from codemods.report.json import as_json
from codemods.rule import Rule, catalogue, for_review
from codemods.selection import Selection
from codemods.source import SourceFile, Span
from codemods.testing import Case, LeftAlone, evaluate
from codemods.workspace import Workspace

# what their fixes save is time, or an error
SAVES_NO_STATEMENTS = {"exists-in-database", "index-by-key", "modernize-loading", "null-in-sum"}
# where these have no fix, the message and the rule's page say all that there is to say
ONLY_TOLD = {
    "append-to-unloaded", "bulk-delete", "bulk-insert", "bulk-update", "cached-instances",
    "commit-once", "expired-in-loop", "lost-rows", "merge-in-loop", "missing-foreign-key",
    "modernize-loading", "null-in-sum", "text-dates",
}  # fmt: skip
RULES = {rule.code: rule.name for rule in catalogue()}
SEVERITIES = {"critical", "high", "medium", "low"}
ROLES = {"query", "loop", "use", "call", "model"}
STATUSES = {"proven", "unknown", "refuted"}
PLACE = {"filename", "location", "end_location"}
ITEM = {"code", "name", "message", "severity", "function", "related", "cost", "fix"} | PLACE
ITEM |= {"alternatives", "preconditions"}
PRECONDITION = {"name", "status", "reason", "place"}


@each_piece()
def test_contract(
    piece: Case | LeftAlone,
    answers: Callable[[Case | LeftAlone], Answers],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = answers(piece)
    monkeypatch.chdir(asked.folder)
    edited, report = asked.told
    plain = json.loads(as_json(report))
    for item in plain:
        _check_item(item, edits=False)
    for item in edited:
        _check_item(item, edits=True)
    for item, finding in zip(edited, report.problems, strict=True):
        if item["fix"] and item["fix"]["applicability"] != "display":
            made = _applied(item["fix"]["edits"])
            assert made == _alone(finding, asked), item["message"]
    without = copy.deepcopy(edited)
    for fix in (fix for item in without for fix in _fixes(item)):
        del fix["edits"]
    assert without == plain


def _check_item(item: dict[str, Any], *, edits: bool) -> None:
    assert item.keys() == ITEM
    assert RULES[item["code"]] == item["name"]
    assert item["severity"] in SEVERITIES
    assert item["function"] is None or re.fullmatch(r"[\w.<>]+", item["function"])
    _check_text(item["message"])
    _check_place(item)
    for note in item["related"]:
        assert note.keys() == PLACE | {"role", "message"}
        assert note["role"] in ROLES
        _check_text(note["message"])
        _check_place(note)
    _check_cost(item)
    for fix in _fixes(item):
        assert fix.keys() == {"title", "applicability"} | ({"edits"} if edits else set())
        assert fix["applicability"] in {"safe", "review", "display"}
        _check_text(fix["title"])
        if edits:
            _check_edits(fix["edits"])
    _check_preconditions(item)


def _fixes(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if item["fix"]:
        yield item["fix"]
    yield from item["alternatives"]


def _check_text(text: object) -> None:
    assert isinstance(text, str) and text and text == text.strip() and "\n" not in text


def _check_place(data: dict[str, Any]) -> None:
    """The place lies in the file that is named, relative to the working directory."""
    assert not Path(data["filename"]).is_absolute()
    lines = _source(data["filename"]).text.split("\n")
    ends = []
    for key in ("location", "end_location"):
        location = data[key]
        assert location.keys() == {"row", "column"}
        row, column = location["row"], location["column"]
        assert type(row) is int and 1 <= row <= len(lines)
        assert type(column) is int and 1 <= column <= len(lines[row - 1]) + 1
        ends.append((row, column))
    assert ends[0] <= ends[1]


def _check_cost(item: dict[str, Any]) -> None:
    cost = item["cost"]
    told = ("raises MissingGreenlet", "where nothing can load it")
    raises_today = any(text in item["message"] for text in told)
    if item["fix"] and item["name"] not in SAVES_NO_STATEMENTS and not raises_today:
        assert cost and cost["after"], "a fix says what it costs"
    if cost is None:
        return
    assert cost.keys() == {"before", "after"}
    sides: list[Literal["before", "after"]] = ["before", "after"]
    for side in sides:
        if cost[side] is None:
            continue
        assert cost[side].keys() == {"statements", "rows"}
        for formula in cost[side].values():
            assert isinstance(formula, str)
            for size in (0, 1, 10, 100):
                assert evaluate(formula, dict.fromkeys(names(formula), size)) >= 0


def _check_edits(edits: Sequence[dict[str, Any]]) -> None:
    assert edits
    for edit in edits:
        assert edit.keys() == PLACE | {"content"}
        assert isinstance(edit["content"], str)
        _check_place(edit)


def _check_preconditions(item: dict[str, Any]) -> None:
    statuses = set()
    for condition in item["preconditions"]:
        assert condition.keys() == PRECONDITION
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", condition["name"])
        assert condition["status"] in STATUSES
        _check_text(condition["reason"])
        statuses.add(condition["status"])
        if condition["place"]:
            assert condition["place"].keys() == PLACE
            _check_place(condition["place"])
    kind = item["fix"] and item["fix"]["applicability"]
    if kind in ("safe", "review"):
        assert kind == ("safe" if statuses <= {"proven"} else "review")
        assert "refuted" not in statuses
    if kind is None and (statuses or item["name"] not in ONLY_TOLD):
        assert statuses - {"proven"}, "what stands in the way is told"


def _source(name: str) -> SourceFile:
    path = Path(name)
    return SourceFile(path.absolute(), path.read_bytes())


def _applied(edits: Sequence[dict[str, Any]]) -> dict[Path, bytes]:
    """The files as the edits of the JSON make them."""
    made: dict[Path, list[Edit]] = {}
    for edit in edits:
        source = _source(edit["filename"])
        start, end = (
            source.line_start(edit[key]["row"]) + edit[key]["column"] - 1
            for key in ("location", "end_location")
        )
        span = Span(start, end)
        made.setdefault(source.path, []).append(Edit(source.path, span, edit["content"]))
    return {
        path: apply_edits(SourceFile(path, path.read_bytes()), found)
        for path, found in made.items()
    }


class _Alone(Selection):
    """The one rule that finds the one finding."""

    def __init__(self, root: Path, finding: Finding) -> None:
        super().__init__(root, load_settings(root), (), ())
        (rule,) = (rule for rule in catalogue() if rule.code == finding.code)

        def find(scope: Scope) -> Iterator[Finding]:
            return (one for one in rule.find(scope) if for_review(rule, one) == finding)

        self._rule = replace(rule, find=find)

    def rules(self, path: Path) -> tuple[Rule, ...]:
        return (self._rule,)


def _alone(finding: Finding, asked: Answers) -> dict[Path, bytes]:
    """The files as `diff` makes them where the finding is the only one with a fix."""
    planned = asked.reviewed.planned
    if [told(made) for made in planned.applied] == [told(finding)]:
        return {change.path: change.after for change in planned.files}
    root = asked.folder
    settings = load_settings(root)
    workspace = Workspace(root, settings, python_files(root, settings))
    selection = _Alone(root, finding)
    changes = Fixer(workspace, selection, asked.paths, review=True, within=False).run()
    assert not changes.failures
    return {change.path: change.after for change in changes.files}
