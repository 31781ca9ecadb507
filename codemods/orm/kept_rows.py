"""Rows of a session that outlive it: in a cache, in a module's dict, in a pickle."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import Call, Pairs, Symbol
from codemods.facts.symbols import Items as Display
from codemods.orm.events import Act, Effect, Exit
from codemods.orm.mentions import is_test
from codemods.orm.values import Items, Row, Tuple, Value
from codemods.project.model import Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_CACHES = frozenset({
    "lru_cache", "cache", "cached", "memoize", "memoized", "ttl_cache", "lfu_cache", "alru_cache",
    "cache_on_arguments",
})  # fmt: skip
_ROWS_OF = frozenset({
    "all", "first", "one", "one_or_none", "get", "get_one", "first_or_404", "get_or_404",
    "one_or_404", "scalar_one", "scalar_one_or_none", "scalar",
})  # fmt: skip
_PICKLES = ("pickle.dumps", "pickle.dump", "cPickle.dumps", "dill.dumps", "cloudpickle.dumps")


@dataclass(frozen=True, eq=False)
class Kept:
    """A place where rows are kept.

    Args:
        where: what keeps them, as a sentence ends.
    """

    node: ast.expr
    model: Model
    where: str


def kept_rows(scope: Scope) -> Iterator[Kept]:
    """The places where a function keeps rows longer than their session lasts."""
    if is_test(scope.module, scope.index.root) or any(e.act is Act.EXPUNGE for e in scope.effects):
        return
    yield from _returned(scope)
    yield from _put_away(scope)
    yield from _pickled(scope)


def _returned(scope: Scope) -> Iterator[Kept]:
    """What a function returns whose results are cached."""
    caches = [d for d in scope.decorators if d.rpartition(".")[2] in _CACHES]
    if not caches:
        return
    returns = [e.node for e in scope.all_exits if e.own and _is_return(e)]
    for node, value in zip(returns, scope.flow.root.returned, strict=False):
        model = _rows_of(value)
        if model is not None and isinstance(node, ast.Return) and node.value is not None:
            yield Kept(node.value, model, f"cached by @{caches[0]}")


def _is_return(event: Exit) -> bool:
    return event.kind == "return"


def _put_away(scope: Scope) -> Iterator[Kept]:
    """What is put into a dict or list of the module."""
    holders = {
        name
        for name, value in scope.module.values.items()
        if isinstance(value.value, Display | Pairs) or _makes_dict(value.value)
    }
    if not holders or isinstance(scope.node, ast.Module):
        return
    local = _assigned(scope.node)
    for node in walk(scope.node):
        match node:
            case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name))], value=value):
                given = value
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=name), attr="append" | "add"), args=[value]
            ):
                given = value
            case _:
                continue
        if name in holders and name not in local and (model := _model_of(scope, given)):
            yield Kept(given, model, f"kept in {name}, which every session shares")


def _makes_dict(value: Symbol | None) -> bool:
    names = ("dict", "defaultdict", "OrderedDict", "TTLCache", "LRUCache")
    return isinstance(value, Call) and value.func.rpartition(".")[2] in names


def _assigned(node: ast.AST) -> set[str]:
    """Names that are the function's own."""
    names = {n.id for n in walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return names | {n.arg for n in walk(node) if isinstance(n, ast.arg)}


def _pickled(scope: Scope) -> Iterator[Kept]:
    for effect in scope.effects:
        node = effect.node
        if not (effect.act is Act.CALL and effect.own and isinstance(node, ast.Call) and node.args):
            continue
        model = _model_of(scope, node.args[0]) if _is_pickle(scope, effect) else None
        if model is not None:
            yield Kept(node.args[0], model, "put into a pickle")


def _is_pickle(scope: Scope, effect: Effect) -> bool:
    full = scope.index.resolve_local(scope.module, effect.callee or "")
    return full in _PICKLES


def _model_of(scope: Scope, node: ast.expr) -> Model | None:
    """The class of the rows that an expression is, as far as it is a variable or a query."""
    around = node
    if isinstance(node, ast.Await):
        node = node.value
    if isinstance(node, ast.Name):
        value = scope.flow.env.get(node.id)
        return _rows_of(value) if value is not None else None
    for run in scope.own_runs:
        if run.expression in (node, around) and run.terminal in _ROWS_OF:
            return run.query.model
    return None


def _rows_of(value: Value) -> Model | None:
    """The class of the rows that a value is or holds."""
    match value:
        case Row(model=model, new=False):
            return model
        case Items(element=element, mapped=mapped):
            return _rows_of(element) or (_rows_of(mapped) if mapped is not None else None)
        case Tuple(elements=elements):
            return next((model for model in map(_rows_of, elements) if model), None)
    return None
