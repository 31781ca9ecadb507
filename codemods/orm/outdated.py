"""API of SQLAlchemy that is gone, that never was, or that something better has taken the place of."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.facts.nodes import children
from codemods.facts.symbols import Call, dotted_name
from codemods.finding import Precondition, Status, none_refuted
from codemods.orm.bulk_methods import as_insert
from codemods.orm.outdated_loaders import loader_chains, string_options, subquery_loads
from codemods.orm.values import ModelClass, Symbol
from codemods.patch import Code, Copied, Patch, Replace

if TYPE_CHECKING:
    from codemods.orm.events import Run
    from codemods.orm.scope import Scope

_BULK = {
    "bulk_insert_mappings": "execute(insert(Model), mappings)",
    "bulk_save_objects": "add_all(objects)",
    "bulk_update_mappings": "execute(update(Model), mappings)",
}
_BAKED = "sqlalchemy.ext.baked."
_NEVER = {
    "set_batch_strategy": (
        "SQLAlchemy has no set_batch_strategy(): rows come in batches by yield_per(), and "
        "selectinload(chunksize=…) sizes its batches from 2.1 on"
    ),
    "baked_query": "SQLAlchemy has no baked_query(), and caches compiled statements itself since 1.4",
}


@dataclass(frozen=True)
class Outdated:
    """One use of such API; `title` is empty where there is no fix."""

    node: ast.expr
    message: str
    title: str = ""
    conditions: tuple[Precondition, ...] = ()
    patches: tuple[Patch, ...] = field(default=(), repr=False)

    @property
    def possible(self) -> bool:
        stopped = not none_refuted(self.conditions)
        return bool(self.patches) and not stopped


def outdated(scope: Scope) -> Iterator[Outdated]:
    """Every such use in the function itself."""
    seen: set[ast.AST] = set()
    for run in scope.own_runs:
        for found in (*_options(scope, run), *_gets(scope, run)):
            if found.node not in seen and found.node in scope.parents:
                seen.add(found.node)
                yield found
    for node in _own_nodes(scope):
        if isinstance(node, ast.Call) and (called := _called(scope, node)) is not None:
            yield called


def _options(scope: Scope, run: Run) -> Iterator[Outdated]:
    chains = tuple(loader_chains(scope, run, nested=True))
    for chain in chains:
        for number, part in enumerate(chain):
            if (text := string_options(scope, part)) is not None:
                message, conditions, patches = text
                yield Outdated(
                    part.call, message, "Name the attribute by its class",
                    conditions, patches,
                )  # fmt: skip
            elif part.strategy == "subqueryload" and part.step is not None:
                found = subquery_loads(scope, chain, number, chains)
                if found is not None:
                    yield Outdated(
                        part.call,
                        f"subqueryload() sends the whole query again to load "
                        f"{part.step.relationship.name}, where selectinload() asks by the keys "
                        "that it found",
                        "Load it with selectinload()", *found,
                    )  # fmt: skip


def _gets(scope: Scope, run: Run) -> Iterator[Outdated]:
    """`session.query(Order).get(key)`, which is a method of the session since 1.4."""
    query, node = run.query, run.node
    if run.terminal != "get" or query.style != "legacy" or query.calls or len(query.roots) != 1:
        return
    root, session = query.roots[0], run.session_node
    if scope.settings.highest_sqlalchemy < (2, 0) or session is None:
        return
    match node, root:
        case (
            ast.Call(func=ast.Attribute(value=owner), args=[key], keywords=[]),
            ast.Call(func=ast.Attribute(value=asked, attr="query"), args=[entity]),
        ) if (
            owner is root and asked is session and isinstance(key, ast.expr)
        ):
            pass
        case _:
            return
    value = query.entities[0].value
    if isinstance(key, ast.Starred) or not isinstance(value, ModelClass) or value.alias:
        return
    conditions = _same_get(scope, run, value)
    code = Code.of(
        "{session}.get({model}, {key})", session=Copied(scope.place(session)),
        model=Copied(scope.place(entity)), key=Copied(scope.place(key)),
    )  # fmt: skip
    yield Outdated(
        node,
        "Query.get() is a method of the session since SQLAlchemy 1.4, and 2.0 warns of the old one",
        "Call get() of the session", conditions, (Replace(scope.place(node), code),),
    )  # fmt: skip


def _same_get(scope: Scope, run: Run, value: ModelClass) -> tuple[Precondition, ...]:
    name = "plain-query"
    custom = any(factory.custom_query for factory in scope.index.factories.values())
    if custom or value.model.custom_query:
        text = "the project's own class of queries may have a get() of its own"
        return (Precondition(name, Status.UNKNOWN, text, scope.place(run.node)),)
    return (Precondition(name, Status.PROVEN, "the query is SQLAlchemy's own"),)


def _called(scope: Scope, node: ast.Call) -> Outdated | None:
    match node.func:
        case ast.Attribute(attr=name) | ast.Name(id=name) if name in _NEVER:
            if not _is_own(scope, node.func):
                return Outdated(node, _NEVER[name])
        case ast.Attribute(attr=name) if name in _BULK and scope.settings.lowest_sqlalchemy >= (
            2,
            0,
        ):
            message = f"{name}() is legacy since SQLAlchemy 2.0, and {_BULK[name]} is as fast"
            insert = as_insert(scope, node) if name == "bulk_insert_mappings" else None
            if insert is not None:
                return Outdated(node, message, "Insert the rows by execute()", *insert)
            return Outdated(node, message)
    if _full_name(scope, node.func).startswith(_BAKED) or _is_bakery(scope, node.func):
        return Outdated(
            node,
            "baked queries are of no use since SQLAlchemy 1.4 caches compiled statements itself",
        )
    return None


def _full_name(scope: Scope, node: ast.expr) -> str:
    dotted = dotted_name(node)
    if not dotted:
        return ""
    value = scope.flow.lookup(dotted)
    before, _, rest = dotted.partition(".")
    owner = scope.flow.lookup(before) if rest else None
    if isinstance(owner, Symbol) and f"{owner.full_name}." == _BAKED:
        # `from sqlalchemy.ext import baked` in the function itself
        return _BAKED + rest
    return value.full_name if isinstance(value, Symbol) else ""


def _is_bakery(scope: Scope, node: ast.expr) -> bool:
    """True for what a module has from `baked.bakery()`, where it is called."""
    value = scope.index.value(full) if (full := _full_name(scope, node)) else None
    if value is None or not isinstance(value.value, Call):
        return False
    home = scope.index.by_path.get(value.place.path)
    made = scope.index.resolve_local(home, value.value.func) if home is not None else None
    return made is not None and made.startswith(_BAKED)


def _is_own(scope: Scope, function: ast.expr) -> bool:
    """True for a function of the project that happens to have the name."""
    full_name = _full_name(scope, function)
    if isinstance(function, ast.Name):
        return not full_name.startswith("sqlalchemy.")
    return bool(full_name) and not full_name.startswith("sqlalchemy.")


def _own_nodes(scope: Scope) -> Iterator[ast.AST]:
    """The nodes of the function, inner functions and classes left out."""
    found: list[ast.AST] = list(scope.node.body)
    for node in found:
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found += children(node)
