"""Columns of text that queries compare as if they were dates."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Set
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.orm.declaration import Declaration, Survey, owner
from codemods.orm.values import kind_of

if TYPE_CHECKING:
    from pathlib import Path

    from codemods.facts.values import ModuleFacts
    from codemods.orm.events import Run
    from codemods.orm.frames import Program
    from codemods.orm.query import Predicate
    from codemods.orm.scope import Scope
    from codemods.project.model import Column, Model
    from codemods.source import Place

_WRITTEN = frozenset({"isoformat", "strftime"})
_READ = frozenset({"date", "datetime", "julianday", "to_date", "to_timestamp", "str_to_date"})
_TYPES = frozenset({"Date", "DateTime", "TIMESTAMP", "DATE", "DATETIME"})
_KINDS = frozenset({"date", "datetime"})
_WORDS = _WRITTEN | _READ | _TYPES
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?")
_QUOTED = re.compile(rf"[\"']{_DATE.pattern}[\"']")


class Dates:
    """Where columns of text are compared as dates.

    Args:
        program: the code of the project's functions.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self._dated: dict[Path, bool] = {}
        self._columns = {
            name
            for model in program.index.models.values()
            for name, column in model.columns.items()
            if _is_text(column)
        }

    def of(self, model: Model, column: Column) -> tuple[Place, ...]:
        return tuple(dict.fromkeys(self._all.get((model.full_name, column.name), ())))

    @cached_property
    def _all(self) -> dict[tuple[str, str], list[Place]]:
        found: dict[tuple[str, str], list[Place]] = defaultdict(list)
        survey = self.program.one(Survey)
        worth = [
            *survey.naming(self._may_compare),
            *survey.naming(self._may_compare_text, self._has_dates),
        ]
        for scope in worth:
            for run in scope.own_runs:
                for model, column, node in self._compared(scope, run):
                    home = owner(self.program, model, column)
                    found[home.full_name, column.name].append(scope.place(node))
        return found

    def _may_compare(self, words: Set[str]) -> bool:
        names = {word.rpartition(".")[2] for word in words}
        return not names.isdisjoint(_WORDS) and not names.isdisjoint(self._columns)

    def _may_compare_text(self, words: Set[str]) -> bool:
        names = {word.rpartition(".")[2] for word in words}
        return names.isdisjoint(_WORDS) and not names.isdisjoint(self._columns)

    def _has_dates(self, module: ModuleFacts) -> bool:
        """True for a module that has the text of a date somewhere."""
        path = module.path
        if path not in self._dated:
            text = self.program.source(path).text
            self._dated[path] = _QUOTED.search(text) is not None
        return self._dated[path]

    def _compared(self, scope: Scope, run: Run) -> Iterator[tuple[Model, Column, ast.expr]]:
        for predicate in run.query.predicates:
            model, column = predicate.model, predicate.column
            if model is not None and column is not None:
                if _is_text(column) and _is_date(scope, predicate):
                    yield model, column, predicate.node
                continue
            for call in walk(predicate.node):
                read = _read_as_date(call) if isinstance(call, ast.Call) else None
                before, _, name = (dotted_name(read) or "" if read is not None else "").rpartition(
                    "."
                )
                for each in predicate.models:
                    known = each.columns.get(name)
                    if each.name == before.rpartition(".")[2] and known and _is_text(known):
                        yield each, known, predicate.node


def _is_text(column: Column) -> bool:
    return column.python == "str" and not (column.expression or column.type == "sqlalchemy.Enum")


def _is_date(scope: Scope, predicate: Predicate) -> bool:
    """True for a comparison with a date, or with the text of one."""
    if predicate.value is not None and kind_of(predicate.value) in _KINDS:
        return True
    return predicate.operand is not None and _writes_date(scope, predicate.operand, 0)


def _writes_date(scope: Scope, node: ast.expr, depth: int) -> bool:
    if isinstance(node, ast.Name) and depth < 3:
        if node.id in {each.arg for each in walk(scope.node) if isinstance(each, ast.arg)}:
            return False
        given = [
            each.value
            for each in walk(scope.node)
            if isinstance(each, ast.Assign)
            and any(isinstance(t, ast.Name) and t.id == node.id for t in each.targets)
        ]
        return len(given) == 1 and _writes_date(scope, given[0], depth + 1)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in _WRITTEN
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return _DATE.fullmatch(node.value) is not None
    return False


def _read_as_date(call: ast.Call) -> ast.expr | None:
    """What `func.date(…)`, `cast(…, Date)` and the like make a date of."""
    dotted = dotted_name(call.func) or ""
    before, _, name = dotted.rpartition(".")
    if not call.args:
        return None
    if before.rpartition(".")[2] == "func":
        if name == "strftime" and len(call.args) > 1:
            return call.args[1]
        return call.args[0] if name.lower() in _READ else None
    if name == "cast" and len(call.args) > 1:
        kind = call.args[1].func if isinstance(call.args[1], ast.Call) else call.args[1]
        return call.args[0] if (dotted_name(kind) or "").rpartition(".")[2] in _TYPES else None
    return None


def text_dates(declaration: Declaration) -> Iterator[tuple[Column, tuple[Place, ...]]]:
    """The columns of a class that hold dates as text, and where that is compared."""
    dates = declaration.program.one(Dates)
    for column in declaration.model.columns.values():
        if _is_text(column) and owner(declaration.program, declaration.model, column) is (
            declaration.model
        ):
            places = dates.of(declaration.model, column)
            if places:
                yield column, places
