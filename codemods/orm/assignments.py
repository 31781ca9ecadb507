"""Which attributes objects get where, told from the text of methods and files."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from codemods.facts.nodes import parameters, walk
from codemods.facts.symbols import dotted_name

if TYPE_CHECKING:
    from codemods.facts.values import FunctionFacts, ModuleFacts
    from codemods.orm.flow import Flow

_PROTOCOLS = frozenset({"typing.Protocol", "typing_extensions.Protocol"})
# What runs before other code has the object: a unit of work makes its session and its
# repositories where it is entered.
MAKING = ("__init__", "__enter__", "__aenter__")
_ASSIGNED = re.compile(r"\bself\.(\w+)\s*(?::[^=\n]*)?[-+*/|&]?=(?!=)")
_NAMED = re.compile(r"\bsetattr\(self,\s*[\"'](\w+)[\"']")
_BY_NAME = re.compile(r"\bsetattr\(self,\s*[^\"'\s]|\bself\.__dict__\b|\bvars\(self\)|__setattr__")


def later(flow: Flow, full_name: str, held: Iterable[str]) -> set[str]:
    """Those of the attributes `held`, and others, that other methods than those in `MAKING`
    assign as well."""
    classes = [flow.index.class_(name) for name in (full_name, *flow.index.bases(full_name))]
    methods = [each for item in classes if item is not None for each in item.methods.values()]
    return _in(flow, [each for each in methods if each.name not in MAKING], held)


def ever(flow: Flow, full_name: str, held: Iterable[str] = ()) -> set[str]:
    """Those of the attributes `held`, and others, that methods assign after an object is made, or
    in a class below."""
    classes = (flow.index.class_(name) for name in flow.index.below(full_name))
    methods = (each for item in classes if item is not None for each in item.methods.values())
    return later(flow, full_name, held) | _in(flow, methods, held)


def _in(flow: Flow, methods: Iterable[FunctionFacts], held: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for method in methods:
        text = flow.program.source(method.place.path).slice(method.place.span)
        named, by_name = _assigned(text)
        found |= named
        if by_name:
            found.update(held)
    return found


@lru_cache(maxsize=16384)
def _assigned(text: str) -> tuple[frozenset[str], bool]:
    """The attributes of `self` that code assigns, and whether it assigns some by a name that only
    the running code has."""
    named = frozenset((*_ASSIGNED.findall(text), *_NAMED.findall(text)))
    return named, bool(_BY_NAME.search(text))


def outside(flow: Flow, name: str, owner: str | None = None) -> bool:
    """True if some file assigns an attribute of this name to what is not `self`.

    Args:
        owner: the class whose objects it must not be assigned to; any object where None.
    """
    known = flow.program.assigned
    if name not in known:
        written = re.compile(rf"\b(?!self\b)\w+\.{name}\s*(?::[^=\n]*)?=(?!=)".encode())
        by_name = re.compile(rf"\bsetattr\((?!self\b)\w+,\s*[\"']{name}[\"']".encode())
        found = [
            (source.path, by_name.search(source.data) is not None)
            for source in flow.program.files()
            if name.encode() in source.data
            if written.search(source.data) or by_name.search(source.data)
        ]
        known[name] = tuple(found)
    if owner is None:
        return bool(known[name])
    return any(by_name or _may_be_of(flow, path, name, owner) for path, by_name in known[name])


def _may_be_of(flow: Flow, path: Path, name: str, owner: str) -> bool:
    """True if code of a file may assign the attribute to an object of the class."""
    module = flow.index.by_path.get(path)
    if module is None:
        return True
    tree = flow.program.trees(path).whole
    functions = [n for n in walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    inside: dict[ast.AST, ast.FunctionDef | ast.AsyncFunctionDef] = {}
    for function in functions:
        # of nested functions the inner one comes last
        inside.update(dict.fromkeys(walk(function), function))
    for node in walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="self"), attr=attr) if attr == name:
                continue
            case ast.Attribute(value=value, attr=attr, ctx=ast.Store() | ast.Del()) if attr == name:
                around = inside.get(node)
                made = _class_of(flow, module, around, value) if around is not None else None
                if made is None or _related(flow, made, owner):
                    return True
    return False


def _class_of(
    flow: Flow,
    module: ModuleFacts,
    function: ast.FunctionDef | ast.AsyncFunctionDef,
    value: ast.expr,
) -> str | None:
    """The class that a variable's objects are of: that of its annotation, or the one that is called
    for it wherever it is bound."""
    if not isinstance(value, ast.Name):
        return None
    stores = [n for n in walk(function) if isinstance(n, ast.Name) and n.id == value.id]
    stores = [n for n in stores if not isinstance(n.ctx, ast.Load)]
    if any(
        isinstance(n, ast.Global | ast.Nonlocal) and value.id in n.names for n in walk(function)
    ):
        return None
    taken = [each for each in parameters(function) if each.arg == value.id]
    if taken and not stores:
        annotation = taken[0].annotation
        return _class(flow, module, annotation) if annotation is not None else None
    made = {
        _class(flow, module, each.value.func)
        for each in walk(function)
        if isinstance(each, ast.Assign) and isinstance(each.value, ast.Call)
        if len(each.targets) == 1 and each.targets[0] in stores
    }
    calls = sum(
        isinstance(each, ast.Assign)
        and isinstance(each.value, ast.Call)
        and each.targets[:1] == [target]
        for each in walk(function)
        for target in stores
    )
    return next(iter(made)) if len(made) == 1 and calls == len(stores) and not taken else None


def _class(flow: Flow, module: ModuleFacts, node: ast.expr) -> str | None:
    """The full name of a class of the project that an expression names; None for one of which
    objects of any class may be: a Protocol, and one that says itself what its calls give."""
    full = flow.index.resolve_local(module, dotted_name(node) or "")
    canonical = flow.index.canonical(full) if full is not None else None
    if canonical is None or flow.index.class_(canonical) is None:
        return None
    order = (canonical, *flow.index.bases(canonical))
    items = [item for each in order if (item := flow.index.class_(each)) is not None]
    of_any = not _PROTOCOLS.isdisjoint(order) or any("__new__" in each.methods for each in items)
    return None if of_any else canonical


def _related(flow: Flow, one: str, other: str) -> bool:
    """True if an object may be of both classes."""
    ones, others = {one, *flow.index.below(one)}, {other, *flow.index.below(other)}
    return not ones.isdisjoint(others) or "" in flow.index.bases(one)
