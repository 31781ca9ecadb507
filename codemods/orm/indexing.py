"""A dict of rows by their key, made before the loop that searches them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.finding import Precondition, Status, none_refuted, worst
from codemods.orm import headers, preconditions, uses
from codemods.orm.annotated import is_annotated
from codemods.orm.eager_options import class_name
from codemods.orm.events import Act
from codemods.orm.key_changes import also_called
from codemods.orm.key_loops import mutated_names
from codemods.orm.naming import free, plural, singular, snake
from codemods.orm.preconditions import effects, proven, refuted, unknown
from codemods.orm.query_code import Unwritable
from codemods.orm.scans import Scan, scans
from codemods.orm.values import Cell, Function, Items, Symbol, kind_of
from codemods.orm.whole_rows import may_be_none
from codemods.patch import Code, Copied, Hole, Import, InsertBefore, Patch, Replace

if TYPE_CHECKING:
    from codemods.orm.events import Effect
    from codemods.orm.scope import Scope

_KINDS = frozenset({"int", "str", "UUID", "date", "datetime", "bool", "Decimal", "enum", "time"})
_BUILTIN = frozenset({"int", "str", "bool"})
_VOIDING = (
    Act.COMMIT,
    Act.ROLLBACK,
    Act.EXPIRE,
    Act.REFRESH,
    Act.EXPUNGE,
    Act.CLOSE,
    Act.SAVEPOINT,
)


class Indexing:
    """The preconditions and the code of one search. `taken` are names that must not be used."""

    def __init__(self, scan: Scan, taken: set[str]) -> None:
        self.scan = scan
        self.scope: Scope = scan.scope
        self.taken = taken
        self.imports: list[Patch] = []
        self.window = self.scope.events[scan.outer.first : scan.outer.last + 1]

    def conditions(self) -> tuple[Precondition, ...]:
        return (
            self.keys_equal(),
            self.rows_unchanged(),
            self.rows_loaded(),
            self.row_determined(),
            preconditions.no_unknown_calls(self.scope, self.window),
            preconditions.not_suspended(self.scope, self.window),
        )

    def keys_equal(self) -> Precondition:
        """What `==` finds, a dict finds: the keys are of a kind that is hashed as it compares."""
        name, column = "keys-equal", self.scan.column
        label = f"{self.scan.row.model.name}.{column.name}"
        if column.python in ("json", "array"):
            return refuted(
                self.scope, name, f"{label} holds lists or dicts, which no dict has for keys"
            )
        if column.python not in _KINDS or column.decorated:
            text = f"nothing says that the values of {label} can be the keys of a dict"
            return unknown(self.scope, name, text)
        value = self.scan.value_of_key()
        if isinstance(value, Cell) and value.column.python == column.python:
            return proven(name, f"{label} and its keys are of one type")
        if kind_of(value) == column.python:
            return proven(name, f"{label} and its keys are {column.python} values")
        return unknown(self.scope, name, f"nothing says that the keys for {label} can be a dict's")

    def rows_unchanged(self) -> Precondition:
        """Neither the list nor the column changes while the loop runs."""
        name, scan = "rows-unchanged", self.scan
        changed = mutated_names(self.scope, scan.outer.owner)
        changed = also_called(self.scope, changed)
        for node in walk(scan.loop.iterable):
            if isinstance(node, ast.Name) and node.id in changed:
                text = f"the loop changes {node.id}, which it searches"
                return Precondition(name, Status.REFUTED, text, self.scope.place(node))
        if (call := self._handed_on()) is not None:
            text = f"{ast.unparse(call.func)}() may change the list that the loop searches"
            return Precondition(name, Status.UNKNOWN, text, self.scope.place(call))
        for effect in effects(self.window, Act.SET, Act.APPEND, Act.DELETE, Act.DML, Act.SQL):
            if self._may_change(effect):
                text = f"this may change {scan.row.model.name}.{scan.column.name} of a row"
                return refuted(self.scope, name, text, effect)
        return proven(name, "the loop changes neither the rows nor their keys")

    def _handed_on(self) -> ast.Call | None:
        """A call in the loop of a function that is given the list, or has it by being inside."""
        names_ = {n.id for n in walk(self.scan.loop.iterable) if isinstance(n, ast.Name)}
        for node in walk(self.scan.outer.owner):
            if not isinstance(node, ast.Call) or (called := dotted_name(node.func)) is None:
                continue
            value = self.scope.flow.lookup(called)
            if isinstance(value, Symbol) and value.full_name.startswith("builtins."):
                continue
            if isinstance(self.scope.flow.lookup(called.rpartition(".")[0]), Items):
                continue
            given = (*node.args, *(keyword.value for keyword in node.keywords))
            inside = walk(value.node) if isinstance(value, Function) else ()
            if any(isinstance(n, ast.Name) and n.id in names_ for n in (*given, *inside)):
                return node
        return None

    def _may_change(self, effect: Effect) -> bool:
        row, model = self.scan.row.model, effect.model
        if model is None:
            return True
        if effect.act is not Act.SET:
            return True
        family = {row.full_name, *row.parents, *row.children}
        attribute = effect.attribute
        if model.full_name in family:
            return attribute in (None, self.scan.column.name) or attribute not in model.columns
        return attribute not in model.columns

    def rows_loaded(self) -> Precondition:
        """Reading the key of every row before the loop sends nothing."""
        name, scan = "rows-stay-loaded", self.scan
        runs = [origin.run for origin in scan.row.origins if origin.run is not None]
        options = any(run.query.loaders or run.query.option_calls for run in runs)
        if any(may_be_none(run.query) for run in runs):
            return unknown(self.scope, name, "an outer join may give None in the place of a row")
        if scan.column.deferred or options:
            return unknown(self.scope, name, "the column may not be loaded with the rows")
        first = min(run.index for run in runs)
        for effect in effects(self.scope.events[first : scan.outer.last + 1], *_VOIDING):
            text = "this expires or detaches rows, whose keys are then loaded one by one"
            return unknown(self.scope, name, text, effect)
        return proven(name, "the rows stay loaded")

    def row_determined(self) -> Precondition:
        """The dict gives the row that the search found first."""
        name = "row-determined"
        if self.scan.form != "first" or isinstance(self.scan.default, ast.Constant):
            return proven(name, "the rows of a key keep their order")
        return unknown(self.scope, name, "what is taken where no row is found may be made anew")

    def patches(self, twins: Sequence[Scan]) -> tuple[Patch, ...]:
        """One dict for searches of the same rows by the same column.

        Raises Unwritable where there is no way to write it.
        """
        scope, scan = self.scope, self.scan
        statement = scan.outer.statement
        if statement not in scope.flow.blocks or scope.text(statement).startswith("elif"):
            raise Unwritable("nothing can stand before this loop", statement)
        headers.evaluated_first(scope, scan.outer, statement)
        for twin in twins:
            if (read := _read_elsewhere(scope, twin)) is not None:
                raise Unwritable(f"{twin.variable} is the last of all rows after this loop", read)
        rows, row = self._names()
        name = free(f"{rows}_by_{scan.column.name}", taken=self.taken)
        self.taken.add(name)
        key = f"{row}.{scan.column.name}"
        put = f"{name}.setdefault({key}, {row})"
        if scan.form != "first":
            put = f"{name}.setdefault({key}, []).append({row})"
        source = Copied(scope.place(scan.loop.iterable))
        fill = Code.of(f"for {row} in {{rows}}:\n    {put}", rows=source)
        return (
            InsertBefore(scope.place(statement), (self._empty(name), fill)),
            *(Replace(scope.place(twin.expression), self._found(twin, name)) for twin in twins),
            *self.imports,
        )

    def _names(self) -> tuple[str, str]:
        """What the rows are called, and one of them."""
        scan = self.scan
        one = snake(scan.row.model.name)
        match scan.loop.iterable:
            case ast.Name(id=rows):
                wanted = (singular(rows), one, "row") if singular(rows) != rows else (one, "row")
            case _:
                rows, wanted = plural(one), (one, "row")
        return rows, free(*wanted, taken=self.taken - self._inner_names())

    def _inner_names(self) -> set[str]:
        """Variables that are bound by comprehensions alone."""
        inner: dict[str, int] = {}
        every: dict[str, int] = {}
        for node in walk(self.scope.node):
            match node:
                case ast.Name(id=name) | ast.arg(arg=name):
                    every[name] = every.get(name, 0) + 1
                case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                    for clause in node.generators:
                        if isinstance(clause.target, ast.Name):
                            name = clause.target.id
                            found = [n for n in walk(node) if isinstance(n, ast.Name)]
                            inner[name] = inner.get(name, 0) + sum(n.id == name for n in found)
        return {name for name, count in inner.items() if count == every.get(name)}

    def _empty(self, name: str) -> Code:
        if not is_annotated(self.scope):
            return Code.of(f"{name} = {{{{}}}}")
        place = self.scope.place(self.scan.outer.statement)
        model, imports = class_name(self.scope, self.scan.row.model.full_name, place)
        self.imports += imports
        kind = self.scan.column.python
        if kind not in _BUILTIN or self.scan.column.decorated:
            kind = "Any"
            self.imports.append(Import(place, "typing", "Any"))
        elif self.scan.column.may_be_null:
            kind = f"{kind} | None"
        value = "{model}" if self.scan.form == "first" else "list[{model}]"
        return Code.of(f"{name}: dict[{kind}, {value}] = {{{{}}}}", model=model)

    def _found(self, scan: Scan, name: str) -> Code:
        place = self.scope.place
        holes: dict[str, Hole] = {"key": Copied(place(scan.key))}
        if scan.form == "first" and scan.default is not None:
            if isinstance(scan.default, ast.Constant) and scan.default.value is None:
                return Code.of(f"{name}.get({{key}})", **holes)
            holes["default"] = Copied(place(scan.default))
            return Code.of(f"{name}.get({{key}}, {{default}})", **holes)
        if scan.form == "loop":
            return Code.of(f"{name}.get({{key}}, [])", **holes)
        if scan.plain and isinstance(scan.expression, ast.ListComp):
            around = scan.around[-1].owner
            if uses.only_read(self.scope, scan.expression, around):
                return Code.of(f"{name}.get({{key}}, [])", **holes)
            return Code.of(f"list({name}.get({{key}}, []))", **holes)
        return self._comprehension(scan, name, holes)

    def _comprehension(self, scan: Scan, name: str, holes: dict[str, Hole]) -> Code:
        """The same comprehension over the rows of the key alone."""
        place, made = self.scope.place, scan.loop.owner
        for number, test in enumerate(scan.rest):
            holes[f"if{number}"] = Copied(place(test))
        rest = "".join(f" if {{if{number}}}" for number in range(len(scan.rest)))
        body = f"for {scan.variable} in {name}.get({{key}}, []){rest}"
        match made:
            case ast.DictComp(key=first, value=second):
                holes |= {"first": Copied(place(first)), "second": Copied(place(second))}
                return Code.of(f"{{{{{{first}}: {{second}} {body}}}}}", **holes)
            case ast.ListComp(elt=element):
                text = f"[{{element}} {body}]"
            case ast.SetComp(elt=element):
                text = f"{{{{{{element}} {body}}}}}"
            case ast.GeneratorExp(elt=element):
                text = f"({{element}} {body})"
            case _:
                raise Unwritable("this search is written in another way", made)
        holes["element"] = Copied(place(element))
        if scan.expression is not made and isinstance(scan.expression, ast.Call):
            text = f"{{function}}{text}"
            holes["function"] = Copied(place(scan.expression.func))
        return Code.of(text, **holes)


def indexed(scope: Scope) -> Iterator[tuple[Scan, tuple[Precondition, ...], tuple[Patch, ...]]]:
    """Every search of the scope, with the preconditions of a dict and its patches if there are."""
    found = list(scans(scope))
    taken = set(scope.taken_names) if found else set()
    groups: dict[object, list[Scan]] = {}
    for scan in found:
        first = scan.form == "first"
        question = ast.dump(scan.loop.iterable), scan.outer, scan.column.name, first
        groups.setdefault(question, []).append(scan)
    made: dict[int, tuple[tuple[Precondition, ...], tuple[Patch, ...]]] = {}
    for members in groups.values():
        indexings = [Indexing(scan, taken) for scan in members]
        conditions = worst(each for indexing in indexings for each in indexing.conditions())
        patches: tuple[Patch, ...] = ()
        if none_refuted(conditions):
            try:
                patches = indexings[0].patches(members)
            except Unwritable as error:
                node = error.node if isinstance(error.node, ast.expr | ast.stmt) else None
                place = scope.place(node) if node else None
                problem = Precondition("writable", Status.REFUTED, error.reason, place)
                conditions = (*conditions, problem)
        made |= {id(scan): (conditions, patches) for scan in members}
    for scan in found:
        yield scan, *made[id(scan)]


def _read_elsewhere(scope: Scope, scan: Scan) -> ast.Name | None:
    """A place outside of a loop over the rows that reads its variable."""
    if scan.form != "loop":
        return None
    bound: set[ast.AST] = set()
    for node in walk(scope.node):
        targets: list[ast.expr] = []
        match node:
            case ast.For(target=target):
                targets = [target]
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                targets = [clause.target for clause in node.generators]
        names = {n.id for part in targets for n in walk(part) if isinstance(n, ast.Name)}
        if scan.variable in names:
            bound.update(walk(node))
    for node in walk(scope.node):
        match node:
            case ast.Name(id=name, ctx=ast.Load()) if name == scan.variable and node not in bound:
                return node
    return None
