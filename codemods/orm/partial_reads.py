"""Reads of a collection of which the code wants only a part: a window, the last row, a number."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from codemods.facts.nodes import walk
from codemods.orm.row_lists import is_builtin, reads_of
from codemods.orm.uses import only_read

if TYPE_CHECKING:
    from codemods.orm.events import Read
    from codemods.orm.scope import Scope

Wanted = Literal["rows", "row", "first rows", "count", "sum", "extreme", "any", "there"]
# What is one value for each row of the loop, and no row.
NUMBERS = frozenset({"count", "sum", "extreme", "any", "there"})
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


@dataclass(frozen=True, eq=False)
class PartialRead:
    """One use of `server.records`.

    `node` is what goes, `of` the collection in it. `row` and `tests` are the variable and the
    conditions of a loop over it, `made` the comprehension. `by` is the attribute that the rows are
    sorted, added or compared by, empty for the declared order; `descending` says which comes
    first. `raises` is what Python raises where there is no row, and `default` what it gives.
    """

    node: ast.expr
    of: ast.expr
    wanted: Wanted
    row: str = ""
    tests: tuple[ast.expr, ...] = ()
    made: Comprehension | None = None
    by: str = ""
    descending: bool = False
    limit: int | None = None
    raises: str | None = None
    default: ast.expr | None = None
    source: ast.expr | None = None
    kept: ast.Assign | None = None

    @property
    def collection(self) -> ast.expr:
        """`server.records` itself, where a variable holds it."""
        return self.source or self.of

    @property
    def signature(self) -> tuple[object, ...]:
        """Equal for reads that one fetch answers."""
        tests = tuple(ast.unparse(test) for test in self.tests)
        wanted = "row" if self.wanted == "there" else self.wanted
        return wanted, self.row if tests else "", tests, self.by, self.descending, self.limit


def partial_reads(scope: Scope, read: Read) -> tuple[PartialRead, ...]:
    """What the code wants of the collection that is read; none where that may be all of it."""
    node = read.node
    if not read.own or read.awaited or read.reload or not isinstance(node, ast.Attribute):
        return ()
    match scope.parents.get(node):
        case ast.Assign(targets=[ast.Name(id=name)]) as kept:
            block, position = scope.flow.blocks.get(kept, ([], 0))
            later = {inner for statement in block[position + 1 :] for inner in walk(statement)}
            uses = reads_of(scope, name, kept)
            if not later.issuperset(uses):
                return ()
            parts = [_partial_read(scope, use) for use in uses]
            found = [replace(part, source=node, kept=kept) for part in parts if part is not None]
            return tuple(found) if len(found) == len(parts) else ()
    one = _partial_read(scope, node)
    return (one,) if one is not None else ()


def _partial_read(scope: Scope, node: ast.expr) -> PartialRead | None:
    parent = scope.parents.get(node)
    match parent:
        case ast.comprehension(target=ast.Name(id=row), is_async=0) if parent.iter is node:
            made = scope.parents.get(parent)
            if isinstance(made, Comprehension) and len(made.generators) == 1:
                return _comprehended(scope, node, parent, made, row)
        case ast.For(target=ast.Name(id=row), body=body) if parent.iter is node:
            tests = tuple(_tested_first(body))
            return PartialRead(node, node, "rows", row, tests) if tests else None
        case ast.Call(func=ast.Name(id=name), args=[only]) if only is node:
            return _called(scope, node, parent, name) if is_builtin(scope, name) else None
        case ast.Subscript(value=value) if value is node:
            return _picked(scope, node, parent, "", False)
        case ast.If(test=test) | ast.IfExp(test=test) if test is node:
            return PartialRead(node, node, "there")
        case ast.UnaryOp(op=ast.Not()):
            return PartialRead(parent, node, "there")
    return None


def _tested_first(body: list[ast.stmt]) -> Iterator[ast.expr]:
    """The condition under which a loop does something with a row."""
    match body:
        case [ast.If(test=test, orelse=[])]:
            yield test
        case [ast.If(test=test, body=[ast.Continue()], orelse=[]), *_]:
            yield ast.UnaryOp(ast.Not(), test)


def _comprehended(
    scope: Scope, node: ast.expr, clause: ast.comprehension, made: Comprehension, row: str
) -> PartialRead | None:
    tests = tuple(clause.ifs)
    outer = scope.parents.get(made)
    if isinstance(made, ast.ListComp | ast.GeneratorExp):
        match outer:
            case ast.Call(
                func=ast.Name(id=name), args=[only], keywords=keywords
            ) if only is made and is_builtin(scope, name):
                found = _reduced(node, outer, name, made, row, tests, keywords)
                if found is not None:
                    return found
    return PartialRead(node, node, "rows", row, tests, made) if tests else None


def _reduced(
    node: ast.expr, call: ast.Call, name: str, made: ast.ListComp | ast.GeneratorExp,
    row: str, tests: tuple[ast.expr, ...], keywords: list[ast.keyword],
) -> PartialRead | None:  # fmt: skip
    """`sum(record.size for record in server.records if …)` and its like."""
    match name, made.elt, keywords:
        case "sum", ast.Constant(value=1), []:
            return PartialRead(call, node, "count", row, tests)
        case "len", ast.Name() | ast.Attribute(value=ast.Name()) | ast.Constant(), []:
            return PartialRead(call, node, "count", row, tests)
        case "sum", ast.Attribute(value=ast.Name(id=read), attr=by), [] if read == row:
            return PartialRead(call, node, "sum", row, tests, by=by)
        case "any", elt, []:
            asked = () if isinstance(elt, ast.Constant) and elt.value is True else (elt,)
            return PartialRead(call, node, "any", row, (*tests, *asked))
        case "min" | "max", ast.Attribute(value=ast.Name(id=read), attr=by), _ if read == row:
            given = {keyword.arg: keyword.value for keyword in keywords}
            if given.keys() <= {"default"}:
                default = given.get("default")
                raises = None if default is not None else "ValueError"
                return PartialRead(
                    call, node, "extreme", row, tests, by=by, descending=name == "max",
                    raises=raises, default=default,
                )  # fmt: skip
    return None


def _called(scope: Scope, node: ast.expr, call: ast.Call, name: str) -> PartialRead | None:
    """`len(server.records)`, `max(server.records, key=…)`, `sorted(server.records, key=…)[-1]`."""
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    if name == "len" and not given:
        return PartialRead(call, node, "count")
    if name not in ("max", "min", "sorted") or "key" not in given:
        return None
    by = _attribute(scope, given.pop("key"))
    if by is None:
        return None
    if name != "sorted":
        default = given.pop("default", None)
        raises = None if default is not None else "ValueError"
        return None if given else PartialRead(
            call, node, "row", by=by, descending=name == "max", raises=raises, default=default
        )  # fmt: skip
    match given.pop("reverse", ast.Constant(False)), scope.parents.get(call):
        case ast.Constant(value=bool() as reverse), ast.Subscript() as picked if not given:
            return _picked(scope, node, picked, by, reverse)
    return None


def _picked(
    scope: Scope, node: ast.expr, picked: ast.Subscript, by: str, descending: bool
) -> PartialRead | None:
    """The first or the last row, or the first ones."""
    if not isinstance(picked.ctx, ast.Load):
        return None
    match picked.slice:
        case ast.Constant(value=0):
            return PartialRead(
                picked, node, "row", by=by, descending=descending, raises="IndexError"
            )
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=1)):
            return PartialRead(
                picked, node, "row", by=by, descending=not descending, raises="IndexError"
            )
        case ast.Slice(lower=None, upper=ast.Constant(value=int() as limit), step=None):
            if limit > 0:
                return PartialRead(
                    picked, node, "first rows", by=by, descending=descending, limit=limit
                )
    return None


def _attribute(scope: Scope, key: ast.expr) -> str | None:
    """The attribute that `lambda record: record.at` or `attrgetter("at")` reads."""
    match key:
        case ast.Lambda(
            args=ast.arguments(args=[ast.arg(arg=row)]),
            body=ast.Attribute(value=ast.Name(id=read), attr=name),
        ) if (
            row == read
        ):
            return name
        case ast.Call(
            func=ast.Name(id="attrgetter") | ast.Attribute(attr="attrgetter"),
            args=[ast.Constant(value=str() as name)],
        ):
            return name if name.isidentifier() else None
    return None


def given_none(scope: Scope, part: PartialRead) -> ast.IfExp | None:
    """`server.records[-1] if server.records else None` around the part that it wants."""
    match scope.parents.get(part.node):
        case ast.IfExp(test=test, body=body, orelse=ast.Constant(None)) as whole if (
            body is part.node and not part.tests and part.wanted in ("row", "extreme")
        ):
            return whole if ast.unparse(test) == ast.unparse(part.of) else None
    return None


def stays_list(scope: Scope, part: PartialRead, around: ast.AST) -> bool:
    """True if nobody keeps or changes the list that stands in the place of the read."""
    return only_read(scope, part.node, around)


def described(part: PartialRead) -> str:
    """What the code wants, as the end of a sentence."""
    those = " and ".join(ast.unparse(test) for test in part.tests)
    with_ = f"with `{those}`"
    match part.tests:
        case [ast.UnaryOp(op=ast.Not(), operand=dropped)]:
            with_ = f"without `{ast.unparse(dropped)}`"
    which = "last" if part.descending else "first"
    match part.wanted:
        case "rows":
            return f"the rows {with_}"
        case "row":
            by = f" by {part.by}" if part.by else ""
            return f"the {which} one{by}"
        case "first rows":
            return f"the {which} {part.limit}"
        case "count":
            return f"the number of those {with_}" if those else "their number"
        case "sum":
            return f"the sum of {part.by}"
        case "extreme":
            return f"the {'largest' if part.descending else 'smallest'} {part.by}"
        case "any":
            return f"to know of one {with_}" if those else "to know of one"
    return ""


def listed(given: Iterable[str]) -> str:
    """Texts, but for empty ones, as `a, b and c`."""
    texts = [text for text in given if text]
    return " and ".join(filter(None, [", ".join(texts[:-1]), texts[-1]]))
