"""Lookups that a function sends again and again, and whose keys may come again."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.orm import tables_read
from codemods.orm.batch_sites import Site, sites
from codemods.orm.coming_again import may_come_again, waits_for_another
from codemods.orm.events import Event, Loop, Run
from codemods.orm.invariants import parts
from codemods.orm.kept_keys import kept_keys, may_reach, path_value, paths
from codemods.orm.keys import PURE_METHODS, loaded_names
from codemods.orm.lookup_shapes import GETS
from codemods.orm.mentions import has_tests
from codemods.orm.naming import snake
from codemods.orm.query import Aggregate
from codemods.orm.summaries import joined
from codemods.orm.values import (
    Cell,
    ColumnRef,
    Items,
    ModelClass,
    Plain,
    Row,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_ENDS = frozenset({
    "all", "first", "one", "one_or_none", "scalar", "scalar_one", "scalar_one_or_none", "count",
})  # fmt: skip
_MANY = frozenset({"all", "iterate", "scalars", "execute"})
_SENT = _ENDS | {"iterate", "exists", "scalars", "execute"}
_PLACE = re.compile(r"_(by|for|of|on|at|in|from|until)(_.*)?$")
_VERBS = ("get_", "find_", "load_", "fetch_", "lookup_", "look_up_", "query_", "read_")


@dataclass(eq=False)
class RepeatedLookup:
    """A lookup of a loop, or a call in it of a function that does nothing but look up.

    Args:
        node: what gives the answer, with its `await`.
        call: the same without it.
        keys: the expressions that tell one answer from another.
        loops: the loops around it in which an answer can be kept, from the outside in.
        runs: the queries that it sends.
        site: the call of another function, if that is what looks up.
        sessions: the arguments of that call which hand over the session.
    """

    scope: Scope = field(repr=False)
    node: ast.expr
    call: ast.expr
    keys: tuple[ast.expr, ...]
    loops: tuple[Loop, ...]
    runs: tuple[Run, ...]
    site: Site | None = None
    sessions: tuple[ast.expr, ...] = ()

    @property
    def loop(self) -> Loop:
        """The loop before which the dict stands."""
        return self.loops[0]

    @property
    def statement(self) -> ast.stmt:
        return self.runs[0].statement

    @property
    def window(self) -> list[Event]:
        return self.scope.events[self.loop.first : self.loop.last + 1]

    @property
    def name(self) -> str:
        """What it is called: the function, or the class whose table is read."""
        if self.site is not None:
            return getattr(self.site.frame.code.node, "name", "it")
        model = _model(self.runs[0])
        return model or "the table"

    @cached_property
    def thing(self) -> str:
        """What one answer is, as part of a name: `rate` of `find_rate()`."""
        match self.scope.parents.get(self.node):
            case ast.Assign(targets=[ast.Name(id=name)]) if len(name) > 2:
                return name
        if self.site is None:
            return snake(self.name)
        name = self.name.strip("_")
        for verb in _VERBS:
            name = name.removeprefix(verb)
        return _PLACE.sub("", name) or "answer"

    @cached_property
    def value(self) -> Value:
        """What the answer is, as far as anybody knows."""
        if self.site is not None:
            return joined(self.site.frame.returned)
        run = self.runs[0]
        many = run.terminal in _MANY
        found = [entity.value for entity in run.query.entities]
        element: Value
        match found:
            case [ModelClass(model=model)]:
                element = Row(model)
            case [ColumnRef(model=model, column=column)]:
                element = Cell(model, column)
            case [Aggregate()]:
                element = Plain()
            case _:
                element = Plain(None) if run.terminal == "count" else Unknown(plain=True)
        return Items(element) if many else element

    def value_of(self, key: ast.expr) -> Value:
        """What a key is, as far as anybody knows."""
        site, text = self.site, ast.unparse(key)
        if site is not None:
            for parameter, argument in site.arguments.items():
                if argument is key and parameter in site.frame.env:
                    return site.frame.env[parameter]
        for predicate in () if site is not None else self.runs[0].query.predicates:
            given = predicate.operand
            if given is not None and predicate.value is not None and ast.unparse(given) == text:
                return predicate.value
        return self.scope.flow.lookup(dotted_name(key) or "")

    @property
    def tables(self) -> frozenset[str] | None:
        """The full names of the classes that are read, with those above and below; None where
        that is not known."""
        found: set[str] = set()
        for run in self.runs:
            inside = tables_read.inside(self.scope, run)
            if run.query.tables is None or inside.hidden is not None:
                return None
            found |= inside.models
            for name in run.query.tables:
                model = self.scope.index.model(name)
                found |= {name, *(model.parents if model else ())}
                found |= {*(model.children if model else ())}
        return frozenset(found)

    @property
    def tables_in_words(self) -> str:
        """The classes whose tables are read."""
        read = {name.rpartition(".")[2] for run in self.runs for name in run.query.tables or ()}
        return " or ".join(sorted(read)) or "the table"


def repeated_lookups(scope: Scope) -> Iterator[RepeatedLookup]:
    """Every lookup in a loop of the function whose answers a dict can keep, in their order."""
    if isinstance(scope.node, ast.Module) or has_tests(scope.module, scope.index.root):
        return
    found = [*_called(scope), *_own(scope)]
    for each in sorted(found, key=lambda item: (item.call.lineno, item.call.col_offset)):
        innermost = each.loops[-1]
        if _is_kept(scope, each) or waits_for_another(scope, each.node, innermost):
            continue
        if may_come_again({key: each.value_of(key) for key in each.keys}, each.loops):
            yield each


def _called(scope: Scope) -> Iterator[RepeatedLookup]:
    for site in sites(scope, also_while=True):
        if site.problem is not None or not _only_asks(site):
            continue
        outer = scope.parents.get(site.call)
        node = outer if isinstance(outer, ast.Await) else site.call
        data = [
            argument
            for name, argument in site.arguments.items()
            if not may_reach(site.frame.env.get(name)) and not _is_asked(site, name)
        ]
        sessions = tuple(_sessions(site))
        named = set().union(*map(loaded_names, sessions))
        found = kept_keys(scope, site.call, data, site.frame.loops, named)
        if found is not None and not isinstance(scope.parents.get(node), ast.Expr):
            keys, loops = found
            yield RepeatedLookup(scope, node, site.call, keys, loops, site.deep, site, sessions)


def _own(scope: Scope) -> Iterator[RepeatedLookup]:
    for run in scope.own_runs:
        if run.terminal not in _ENDS or run.streamed or not run.loops or not run.query.tables:
            continue
        inside = set(walk(run.expression))
        if any(part not in inside for part in parts(run) if hasattr(part, "lineno")):
            continue
        bound = frozenset().union(*(loop.names | loop.assigned for loop in run.loops))
        keys = dict.fromkeys(paths(scope, run.expression, bound))
        node = run.expression.value if isinstance(run.expression, ast.Await) else run.expression
        asked = {ast.unparse(key): key for key in keys if not _is_listed(scope, key)}
        if len(asked) < len({ast.unparse(key) for key in keys}):
            continue
        if not asked or any(may_reach(path_value(scope, key)) for key in asked.values()):
            continue
        session = loaded_names(run.session_node) if run.session_node is not None else set()
        found = kept_keys(scope, node, list(asked.values()), run.loops, session)
        if found is not None:
            yield RepeatedLookup(scope, run.expression, node, *found, (run,))


_LISTS = frozenset({"in_", "not_in", "notin_", "any_", "all_", "contains", "overlap"})


def _is_listed(scope: Scope, key: ast.expr) -> bool:
    """True for a list of values, which is no key: `Group.id.in_(user.group_ids)`."""
    match scope.parents.get(key):
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), args=[first, *_]):
            return name in _LISTS and first is key
    return False


def _is_asked(site: Site, name: str) -> bool:
    """True for a parameter that is an object to the function: the session, or a row's stand-in."""
    sent = (run.session_node for run in site.deep if run.frame is site.frame)
    if any(node is not None and name in loaded_names(node) for node in sent):
        return True
    return any(
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == name
        and node.attr not in PURE_METHODS
        for node in walk(site.frame.code.node)
    )


def _only_asks(site: Site) -> bool:
    """True for a function that sends SELECTs and hands out what they find."""
    if all(run.terminal in GETS for run in site.deep):
        return False
    fit = _SENT | GETS
    return all(
        run.terminal in fit and not run.query.has("with_for_update") and not run.streamed
        for run in site.deep
    )


def _sessions(site: Site) -> Iterator[ast.expr]:
    """What a call hands over as the session."""
    inner = {
        name
        for run in site.deep
        if run.frame is site.frame and run.session_node is not None
        for name in loaded_names(run.session_node)
    }
    return (node for name, node in site.arguments.items() if name in inner)


def _is_kept(scope: Scope, lookup: RepeatedLookup) -> bool:
    """True if the code keeps the answer itself: `if key not in rates: rates[key] = rate(key)`."""
    match scope.parents.get(lookup.node):
        case ast.Assign(targets=[ast.Subscript(slice=kept)]) if loaded_names(kept) & _names(
            lookup.keys
        ):
            return True
        case ast.Assign(targets=[ast.Name(id=name)]):
            if any(_stores(node, name) for node in walk(lookup.loop.owner)):
                return True
        case ast.Call(func=ast.Attribute(attr="setdefault")):
            return True
    return any(
        isinstance(item, ast.In | ast.NotIn)
        for branch in lookup.runs[0].branches
        if branch.test is not None and loaded_names(branch.test) & _names(lookup.keys)
        for node in walk(branch.test)
        if isinstance(node, ast.Compare)
        for item in node.ops
    )


def _stores(node: ast.AST, name: str) -> bool:
    """True for `cache[key] = name`."""
    match node:
        case ast.Assign(targets=[ast.Subscript()], value=ast.Name(id=stored)):
            return stored == name
    return False


def _names(keys: tuple[ast.expr, ...]) -> set[str]:
    return set().union(*map(loaded_names, keys))


def _model(run: Run) -> str | None:
    for entity in run.query.entities:
        if entity.model is not None:
            return entity.model.name
    tables = run.query.tables or frozenset()
    return min(tables).rpartition(".")[2] if tables else None
