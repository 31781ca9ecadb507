"""The code that keeps the answers of a lookup: in a dict around the loop, or in a cache region."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.finding import Fix
from codemods.orm.annotated import Annotations, is_annotated
from codemods.orm.keys import is_pure
from codemods.orm.naming import free, plural
from codemods.orm.preconditions import unknown
from codemods.orm.query_code import Unwritable
from codemods.orm.repeated_lookups import RepeatedLookup
from codemods.orm.values import Cell
from codemods.patch import Code, Copied, Import, InsertBefore, Patch, Replace

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_SECONDS = 300


class Memo:
    """Writes a dict for the answers of one lookup. `taken` are names that must not be used."""

    def __init__(self, lookup: RepeatedLookup, taken: set[str]) -> None:
        self.lookup = lookup
        self.scope: Scope = lookup.scope
        self.taken = taken
        self.imports: list[Patch] = []

    def patches(self) -> tuple[Patch, ...]:
        """Raises Unwritable where nothing can stand where it would have to."""
        scope, lookup = self.scope, self.lookup
        start = lookup.loop.statement
        self._check(start)
        name = self._free(f"known_{plural(lookup.thing)}")
        empty = InsertBefore(scope.place(start), (self._empty(name),))
        made = (*self.imports, empty)
        call = scope.place(lookup.node)
        if not self._comes_first():
            if not all(map(_is_path, lookup.keys)):
                raise Unwritable("the key is computed in the midst of a statement", lookup.node)
            key = self._key()
            text = (
                f"{name}[{{key}}] if {{key}} in {name} else {name}.setdefault({{key}}, {{asked}})"
            )
            return (*made, Replace(call, Code.of(text, key=key, asked=Copied(call))))
        statements: list[Code] = []
        asked, key = Copied(call), self._key()
        if not all(map(_is_name, lookup.keys)):
            variable = self._free("key", f"{lookup.thing}_key")
            statements.append(Code.of(f"{variable} = {{key}}", key=key))
            if len(lookup.keys) == 1:
                place = scope.place(lookup.keys[0])
                asked = Copied(call, substitute=((place, Code(variable)),))
            key = Code(variable)
        text = f"if {{key}} not in {name}:\n    {name}[{{key}}] = {{asked}}"
        statements.append(Code.of(text, key=key, asked=asked))
        return (
            *made,
            InsertBefore(scope.place(lookup.statement), tuple(statements)),
            Replace(call, Code.of(f"{name}[{{key}}]", key=key)),
        )

    def _empty(self, name: str) -> Code:
        """The dict; in a function that has annotations it has one, too."""
        scope, lookup = self.scope, self.lookup
        if not is_annotated(scope):
            return Code(f"{name} = {{{{}}}}")
        types = Annotations(scope, self.imports)
        keys = [self._kind(types, key) for key in lookup.keys]
        key = keys[0] if len(keys) == 1 else f"tuple[{', '.join(keys)}]"
        code = lookup.site.frame.code if lookup.site is not None else None
        returns = getattr(code.node, "returns", None) if code is not None else None
        if code is None or returns is None or code.module.path != scope.module.path:
            return Code(f"{name}: dict[{key}, {types.any()}] = {{{{}}}}")
        value = Copied(code.source.place(returns))
        return Code.of(f"{name}: dict[{key}, {{value}}] = {{{{}}}}", value=value)

    def _kind(self, types: Annotations, key: ast.expr) -> str:
        value = self.lookup.value_of(key)
        if not isinstance(value, Cell):
            return "object"
        named, column = types.named(value.column), value.column
        optional = column.may_be_null and named != "Any"
        return f"{named} | None" if optional else named

    def _check(self, statement: ast.stmt) -> None:
        elif_ = self.scope.text(statement).startswith("elif")
        if elif_ or statement not in self.scope.flow.blocks:
            raise Unwritable("nothing can stand before this loop", statement)

    def _free(self, *names: str) -> str:
        name = free(*names, taken=self.taken)
        self.taken.add(name)
        return name

    def _key(self) -> Code:
        keys = {f"k{n}": Copied(self.scope.place(key)) for n, key in enumerate(self.lookup.keys)}
        text = ", ".join(f"{{{name}}}" for name in keys)
        return Code.of(f"({text})" if len(keys) > 1 else text, **keys)

    def _comes_first(self) -> bool:
        """True if the lookup is what its statement evaluates first, whatever the data."""
        scope, statement = self.scope, self.lookup.statement
        if statement not in scope.flow.blocks or scope.text(statement).startswith("elif"):
            return False
        if isinstance(statement, ast.While | _DEFINITIONS | ast.With | ast.AsyncWith):
            return False
        node: ast.AST = self.lookup.node
        while node is not statement:
            outer = scope.parents[node]
            if not _always(outer, node):
                return False
            node = outer
        return _first(statement, self.lookup.node)


def _always(outer: ast.AST, node: ast.AST) -> bool:
    """True if a part of an expression is evaluated once wherever the whole is."""
    match outer:
        case ast.BoolOp(values=[first, *_]):
            return first is node
        case ast.IfExp(test=test):
            return test is node
        case ast.Compare(left=left, comparators=[second, *_]):
            return node in (left, second)
        case ast.For(iter=iterable) | ast.AsyncFor(iter=iterable):
            return iterable is node
        case ast.If(test=test):
            return test is node
        case ast.Lambda() | ast.comprehension() | ast.ListComp() | ast.SetComp():
            return False
        case ast.DictComp() | ast.GeneratorExp() | ast.Try() | ast.Match() | ast.NamedExpr():
            return False
    return True


def _first(statement: ast.stmt, node: ast.expr) -> bool:
    """True if nothing that stands before a part of a statement does anything."""
    around = (node.lineno, node.col_offset)
    inside = set(walk(node))
    for item in walk(statement):
        if isinstance(item, ast.Call | ast.Await | ast.NamedExpr) and item not in inside:
            begins = (item.lineno, item.col_offset) < around
            encloses = (item.end_lineno or 0, item.end_col_offset or 0) >= (
                node.end_lineno or 0, node.end_col_offset or 0,
            )  # fmt: skip
            if begins and not encloses and not is_pure(item):
                return False
            if begins and encloses and isinstance(item, ast.Call) and not _is_name(item.func):
                return False
    return True


def _is_name(node: ast.expr) -> bool:
    return dotted_name(node) is not None or isinstance(node, ast.Constant)


def _is_path(key: ast.expr) -> bool:
    """True for a variable, an attribute or an item, which may be evaluated again."""
    while isinstance(key, ast.Subscript) and isinstance(key.slice, ast.Constant):
        key = key.value
    return _is_name(key)


def region(lookup: RepeatedLookup, taken: set[str]) -> Fix | None:
    """How a cache region would keep the answers for all requests; shown and never applied.

    None where the answer is awaited, or more than the values that a function gets may be in it.
    """
    scope, asked = lookup.scope, _arguments(lookup)
    if isinstance(lookup.node, ast.Await) or asked is None:
        return None
    top = next(
        (s for s in scope.tree.body if isinstance(s, _DEFINITIONS) and _holds(s, lookup.node)), None
    )
    if top is None:
        return None
    call = scope.place(lookup.node)
    name = free("region", "lookup_region", taken=set(taken))
    keys = {f"k{n}": Copied(scope.place(key)) for n, key in enumerate(asked)}
    told = " ".join(f"{{{{{{{each}}}!r}}}}" for each in keys)
    text = f'{name}.get_or_create(f"{lookup.name}: {told}", lambda: {{asked}})'
    made = f'{name} = make_region().configure("dogpile.cache.memory", expiration_time={_SECONDS})'
    patches: tuple[Patch, ...] = (
        Import(call, "dogpile.cache", "make_region"),
        InsertBefore(scope.source.place(top), (Code(made),)),
        Replace(call, Code.of(text, asked=Copied(call), **keys)),
    )
    condition = unknown(
        scope, "answers-stay",
        f"an answer is up to {_SECONDS} seconds old; where {lookup.tables_in_words} is written, "
        "the key has to be deleted from the region after the commit",
        lookup.runs[0],
    )  # fmt: skip
    return Fix(
        "Keep the answers in a dogpile.cache region, for all requests",
        (condition,),
        lambda: patches,
        display=True,
    )


def _arguments(lookup: RepeatedLookup) -> list[ast.expr] | None:
    """What a function is called with besides the session; None where that is not all it knows."""
    site = lookup.site
    if site is None or site.frame.code.owner is not None:
        return None
    asked = [node for node in site.arguments.values() if node not in lookup.sessions]
    return asked if all(map(_is_name, asked)) else None


def _holds(statement: ast.stmt, node: ast.expr) -> bool:
    return statement.lineno <= node.lineno <= (statement.end_lineno or 0)
