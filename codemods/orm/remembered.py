"""Helpers that keep what they have found, so that they ask once for each different key."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.bindings import assigned_names
from codemods.orm.keys import loaded_names

if TYPE_CHECKING:
    from codemods.orm.batch_sites import Site
    from codemods.orm.frames import Frame


def remembers(site: Site) -> bool:
    """True if each query that the call leads to is sent for keys that are not kept yet."""
    owner = site.receiver
    if owner is not None and loaded_names(owner) & site.bound:
        return False
    if owner is not None and any(isinstance(node, ast.Call) for node in walk(owner)):
        return False
    return all(
        any(_is_kept(site, frame, frame.reached_by(run.frame, run.expression)) for frame in inner)
        for run in site.deep
        for inner in [run.frame.chain[run.frame.chain.index(site.frame) :]]
    )


def _is_kept(site: Site, frame: Frame, node: ast.AST | None) -> bool:
    """True if a function comes to the node only where a dict has no entry, and fills that."""
    function = frame.code.node
    if node is None or isinstance(function, ast.Module):
        return False
    kept = set(_filled(function))
    parents = site.scope.program.scope(frame.code).parents
    while kept and node is not function and node is not None:
        above = parents.get(node)
        match above:
            case ast.If(test=test, body=body) if node in body and _misses(function, test, kept):
                return True
            case ast.ExceptHandler(type=ast.Name(id="KeyError")):
                attempt = parents.get(above)
                if isinstance(attempt, ast.Try) and any(_reads(s, kept) for s in attempt.body):
                    return True
        block = getattr(above, "body", ())
        before = block[: block.index(node)] if isinstance(block, list) and node in block else ()
        if any(_answers(function, each, kept) for each in before):
            return True
        node = above
    return False


def _filled(function: ast.AST) -> Iterator[str]:
    """The dicts that outlive a call, and get an entry in it: `self._rates`."""
    own = assigned_names(function)
    for node in walk(function):
        match node:
            case ast.Subscript(value=ast.Attribute() as owner, ctx=ast.Store()):
                yield ast.unparse(owner)
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store()) if name not in own:
                yield name


def _misses(function: ast.AST, test: ast.expr, kept: set[str]) -> bool:
    """True for `key not in kept`, and for `found is None` and `not found` of what it has."""
    match test:
        case ast.Compare(ops=[ast.NotIn()], comparators=[owner]):
            return ast.unparse(owner) in kept
        case ast.Compare(left=found, ops=[ast.Is()], comparators=[ast.Constant(value=None)]):
            return _is_entry(function, found, kept)
        case ast.UnaryOp(op=ast.Not(), operand=found):
            return _is_entry(function, found, kept)
    return False


def _answers(function: ast.AST, statement: ast.stmt, kept: set[str]) -> bool:
    """True for `if key in kept: return …`, and where `found` is not None."""
    match statement:
        case ast.If(test=test, body=[*_, ast.Return() | ast.Raise()]):
            match test:
                case ast.Compare(ops=[ast.In()], comparators=[owner]):
                    return ast.unparse(owner) in kept
                case ast.Compare(left=found, ops=[ast.IsNot()], comparators=[ast.Constant(None)]):
                    return _is_entry(function, found, kept)
                case ast.Name():
                    return _is_entry(function, test, kept)
        case ast.Try(body=body, handlers=[ast.ExceptHandler(type=ast.Name(id="KeyError"))]):
            return isinstance(body[-1], ast.Return) and _reads(body[-1], kept)
    return False


def _is_entry(function: ast.AST, found: ast.expr, kept: set[str]) -> bool:
    """True for `kept.get(key)`, and for a variable that holds it."""
    if not isinstance(found, ast.Name):
        return _reads(found, kept)
    return any(
        isinstance(node, ast.Assign)
        and any(isinstance(t, ast.Name) and t.id == found.id for t in node.targets)
        and _reads(node.value, kept)
        for node in walk(function)
    )


def _reads(node: ast.AST, kept: set[str]) -> bool:
    """True for code with `kept.get(key)` or `kept[key]`."""
    for each in walk(node):
        match each:
            case ast.Call(func=ast.Attribute(value=owner, attr="get")):
                if ast.unparse(owner) in kept:
                    return True
            case ast.Subscript(value=owner, ctx=ast.Load()):
                if ast.unparse(owner) in kept:
                    return True
    return False
