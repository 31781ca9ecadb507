"""The code that asks once, before the loop, what the loop asked for each of its items."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm import headers
from codemods.orm.invariant_calls import InvariantCall
from codemods.orm.invariants import Invariant, steps
from codemods.orm.naming import free, plural, snake
from codemods.orm.query_code import Unwritable
from codemods.patch import Code, Copied, InsertBefore, Patch, Remove, Replace
from codemods.source import Place

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_EMPTY = {"list": "[]", "number": "0", "optional": "None"}
_AROUND = frozenset({"enumerate", "sorted", "reversed", "list", "tuple", "set"})


class Moved:
    """Writes one query before its loop. `taken` are names that must not be used."""

    def __init__(self, invariant: Invariant, taken: set[str]) -> None:
        self.invariant = invariant
        self.scope: Scope = invariant.scope
        self.taken = taken

    def patches(self) -> tuple[Patch, ...]:
        """Raises Unwritable where there is no way to write it."""
        scope, loop = self.scope, self.invariant.loop
        statement = loop.statement
        if scope.text(statement).startswith("elif") or isinstance(statement, ast.While):
            raise Unwritable("nothing can stand before this condition", statement)
        if statement not in scope.flow.blocks:
            raise Unwritable("nothing can stand before this loop", statement)
        headers.evaluated_first(scope, loop, statement)
        query, spent = self._query()
        moved = self._assignment()
        header, guard = headers.Header((), ""), None
        if not _never_empty(loop.iterable):
            header = headers.header(self.invariant, self.taken)
            guard = self._truth(header)
        name = _target(moved) if moved else self._name()
        asked = self._asked(name, query, guard)
        patches: list[Patch] = [
            InsertBefore(scope.place(statement), (*header.statements, asked)),
            *header.patches,
            *spent,
        ]
        if moved:
            patches.append(Remove(scope.place(moved)))
        else:
            text = f"list({name})" if self.invariant.changed_list else name
            patches.append(Replace(scope.place(self.invariant.expression), Code.of(text)))
        return tuple(patches)

    def _query(self) -> tuple[Copied | Code, list[Patch]]:
        """The query as one expression, and the statements of the loop that it no longer needs."""
        scope, invariant = self.scope, self.invariant
        substitute: list[tuple[Place, Code]] = []
        spent: list[Patch] = []
        for name, (assigned, *_) in steps(invariant.run, invariant.loop.owner).items():
            for node in walk(invariant.expression):
                if isinstance(node, ast.Name) and node.id == name:
                    value = Code.of("{value}", value=Copied(scope.place(assigned.value)))
                    substitute.append((scope.place(node), value))
                    spent.append(Remove(scope.place(assigned)))
                    break
            else:
                raise Unwritable(f"the query is put together in several steps, in {name}", assigned)
        query = Copied(scope.place(invariant.expression), substitute=tuple(substitute))
        if invariant.run.terminal != "iterate":
            return query, spent
        made = isinstance(invariant.expression, ast.Call | ast.Name | ast.Attribute)
        return Code.of("{query}.all()" if made else "list({query})", query=query), spent

    def _asked(self, name: str, query: Copied | Code, guard: Copied | Code | str | None) -> Code:
        """The statement that asks, if there is an item."""
        if guard is None:
            return Code.of(f"{name} = {{query}}", query=query)
        empty = _EMPTY.get(self.invariant.form)
        if empty is None:
            return Code.of(f"if {{guard}}:\n    {name} = {{query}}", query=query, guard=guard)
        return Code.of(f"{name} = {{query}} if {{guard}} else {empty}", query=query, guard=guard)

    def _truth(self, header: headers.Header) -> Copied | Code | str:
        """What is true if the loop has an iteration."""
        if isinstance(header.iterable, str | Code):
            return header.iterable
        node = self.invariant.loop.iterable
        while isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            match node:
                case ast.Call(func=ast.Name(id=name), args=[inner, *_]) if name in _AROUND:
                    node = inner
                case ast.Call(func=ast.Name(id="range"), args=[count]) if _is_plain(count):
                    return Code.of("{count} > 0", count=Copied(self.scope.place(count)))
                case ast.Call(func=ast.Name(id="range")):
                    break
                case _:
                    raise Unwritable("nothing says whether this loop has an iteration", node)
        return Copied(self.scope.place(node))

    def _assignment(self) -> ast.Assign | None:
        """The statement that can go before the loop as it is: `config = query.one()`."""
        scope, invariant = self.scope, self.invariant
        outer: ast.AST | None = scope.parents.get(invariant.expression)
        match outer:
            case ast.Assign(targets=[ast.Name(id=name)]):
                pass
            case _:
                return None
        if isinstance(scope.node, ast.Module) or invariant.changed_list:
            return None
        owners = [loop.owner for loop in invariant.around]
        if any(not isinstance(owner, ast.For) for owner in owners):
            return None
        within = [*owners[1:], outer]
        bodies = [owner.body for owner in owners if isinstance(owner, ast.For)]
        if any(node not in body for node, body in zip(within, bodies, strict=True)):
            return None
        if len(bodies[-1]) < 2:
            return None
        inside = {node for node in walk(owners[0]) if _is_of(node, name)}
        everywhere = [node for node in walk(scope.node) if _is_of(node, name)]
        names = [node for node in everywhere if isinstance(node, ast.Name)]
        reads = [node for node in names if not isinstance(node.ctx, ast.Store)]
        if len(names) != 1 + len(reads) or len(names) < len(everywhere):
            return None
        if any(node not in inside for node in names):
            return None
        start = scope.source.span(outer).end
        if any(scope.source.span(node).start < start for node in reads):
            return None
        return outer

    def _name(self) -> str:
        invariant = self.invariant
        one = snake(invariant.model.name)
        wanted: tuple[str, ...]
        match invariant.kind:
            case _ if isinstance(invariant, InvariantCall):
                wanted = invariant.names
            case "row":
                wanted = (one, f"found_{one}")
            case "count":
                wanted = (f"{one}_count", f"number_of_{plural(one)}")
            case "exists":
                wanted = (f"has_{plural(one)}", f"{one}_exists")
            case "aggregate" if invariant.aggregate is not None:
                function = invariant.aggregate.function
                wanted = (f"{one}_{function}", f"{one}_total")
            case "value" if invariant.columns:
                wanted = (
                    invariant.columns[0].column.name,
                    f"{one}_{invariant.columns[0].column.name}",
                )
            case "values" if invariant.columns:
                column = plural(invariant.columns[0].column.name)
                wanted = (column, f"{one}_{column}")
            case _:
                wanted = (plural(one), f"all_{plural(one)}")
        name = free(*wanted, taken=self.taken)
        self.taken.add(name)
        return name


def _target(statement: ast.Assign) -> str:
    target = statement.targets[0]
    assert isinstance(target, ast.Name)
    return target.id


def _is_of(node: ast.AST, name: str) -> bool:
    match node:
        case ast.Name(id=found) | ast.arg(arg=found):
            return found == name
        case ast.Global(names=found) | ast.Nonlocal(names=found):
            return name in found
    return False


def _is_plain(node: ast.expr) -> bool:
    """True for a number's variable, which `> 0` asks as `range()` does."""
    return isinstance(node, ast.Name | ast.Attribute) or (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len"
    )


def _never_empty(node: ast.expr) -> bool:
    match node:
        case ast.Tuple(elts=elements) | ast.List(elts=elements) | ast.Set(elts=elements):
            return bool(elements) and not any(isinstance(e, ast.Starred) for e in elements)
        case ast.Call(func=ast.Name(id="range"), args=[ast.Constant(value=int() as count)]):
            return count > 0
    return False
