"""Conditions of Python on a row, as conditions of SQL that hold for the same rows."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.orm.databases import EXACT
from codemods.orm.sql_names import SqlNames
from codemods.orm.values import Cell, Plain, Row, Symbol, kind_of, may_be_none
from codemods.patch import Code, Copied
from codemods.project.model import Column, Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_ORDERED = frozenset({"int", "date", "datetime"})
_PLAIN = frozenset({"int", "bool", "date", "datetime", "enum", "UUID", "str"})
_TEXT = frozenset({"String", "Text", "Unicode", "UnicodeText", "VARCHAR", "TEXT"})
_TOO_LARGE = 2**31  # for an INTEGER, and for what a driver sends as one
_OPERATORS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


class Untranslatable(Exception):
    """A condition that SQL cannot be trusted with; `node` is the part of it."""

    def __init__(self, reason: str, node: ast.expr) -> None:
        super().__init__(reason)
        self.reason = reason
        self.node = node


def other_none(column: Column) -> str | None:
    """Why a row may have None in the column where the table has no NULL, or the other way round."""
    if column.python == "json":
        return f"None in {column.name} may be the null of JSON, which is not NULL in the database"
    return None


def unknown_none(column: Column) -> str:
    """Why nobody knows whether None in the column is NULL in the table; empty where it is."""
    known = column.python or column.type is None or column.type.startswith("sqlalchemy.")
    return "" if known else f"the type of {column.name} may have None for something else than NULL"


@dataclass
class RowTest:
    """Translates conditions on the variable `row`, an instance of `model`.

    `table` is how the query says the name of the class. `doubts` are reasons for which a
    translation may differ from Python for some values.
    """

    scope: Scope
    model: Model
    table: Code | Copied
    row: str
    words: SqlNames
    doubts: list[tuple[str, ast.expr]] = field(default_factory=list)

    def conditions(self, tests: Iterable[ast.expr], negated: bool = False) -> tuple[Code, ...]:
        """The conditions that all of `tests` hold, or, if `negated`, that not all do.

        Raises:
            Untranslatable: names the part that stands in the way.
        """
        given = list(tests)
        if not given:
            return ()
        whole = given[0] if len(given) == 1 else ast.BoolOp(ast.And(), given)
        parts = list(self._conjuncts(whole, negated, frozenset()))
        return tuple(parts)

    def distinct(self, node: ast.Attribute) -> None:
        """Check that values which are different in Python are so in SQL (trap c4_12).

        Raises:
            Untranslatable: where SQL tells the values apart in its own way.
        """
        column = self.column(node)
        if column is None or column.python not in _PLAIN or column.timezone:
            raise Untranslatable(f"SQL compares `{ast.unparse(node)}` in its own way", node)
        if column.python == "str":
            self._text(column, node)

    def _conjuncts(self, node: ast.expr, negated: bool, present: frozenset[str]) -> Iterator[Code]:
        match node:
            case ast.BoolOp(op=ast.And(), values=values) if not negated:
                for value in values:
                    yield from self._conjuncts(value, False, present)
                    present |= set(self.present(value))
            case ast.BoolOp(op=ast.Or(), values=values) if negated:
                for value in values:
                    yield from self._conjuncts(value, True, present)
                    present |= set(self.present(value, False))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                yield from self._conjuncts(operand, not negated, present)
            case _:
                yield self._one(node, negated, present)

    def _one(self, node: ast.expr, negated: bool, present: frozenset[str]) -> Code:
        match node:
            case ast.BoolOp(op=op, values=values):
                word = "and_" if isinstance(op, ast.And) is not negated else "or_"
                parts = []
                for value in values:
                    parts.append(self._joined(value, negated, present))
                    present |= set(self.present(value, isinstance(op, ast.And)))
                return self._call(word, parts)
            case ast.Compare(left=left, ops=[operator], comparators=[right]):
                return self._compared(node, left, operator, right, negated, present)
            case ast.Attribute():
                return self._truth(node, negated)
        raise Untranslatable(f"`{ast.unparse(node)}` is not translated to SQL", node)

    def _joined(self, node: ast.expr, negated: bool, present: frozenset[str]) -> Code:
        parts = list(self._conjuncts(node, negated, present))
        return parts[0] if len(parts) == 1 else self._call("and_", parts)

    def _call(self, word: str, parts: list[Code]) -> Code:
        holes = {f"c{number}": part for number, part in enumerate(parts)}
        listed = ", ".join(f"{{{name}}}" for name in holes)
        return Code.of(f"{{word}}({listed})", word=self.words.sql(word), **holes)

    # Columns ------------------------------------------------------------------------------

    def column(self, node: ast.expr) -> Column | None:
        """The column that is read, None for what does not read the row."""
        if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
            return None
        if node.value.id != self.row:
            return None
        column = self.model.columns.get(node.attr)
        if column is None or column.expression or column.decorated:
            raise Untranslatable(f"{node.attr} is no plain column", node)
        return column

    def of(self, column: Column) -> Code:
        return Code.of(f"{{table}}.{column.name}", table=self.table)

    def present(self, node: ast.expr, holds: bool = True) -> Iterator[str]:
        """The columns that are not None where a condition holds, or where it does not."""
        match node:
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                yield from self.present(operand, not holds)
            case ast.Compare(
                left=ast.Attribute(attr=name),
                ops=[ast.IsNot() | ast.Is() as operator],
                comparators=[ast.Constant(None)],
            ):
                if isinstance(operator, ast.IsNot) is holds:
                    yield name
            case ast.Attribute(attr=name) if holds:
                yield name
            case ast.BoolOp(op=op, values=values) if isinstance(op, ast.And) is holds:
                for value in values:
                    yield from self.present(value, holds)

    # Conditions ---------------------------------------------------------------------------

    def _truth(self, node: ast.Attribute, negated: bool) -> Code:
        column = self.column(node)
        if column is None:
            raise Untranslatable(f"`{ast.unparse(node)}` is not about the row", node)
        match column.python:
            case "bool":
                self._is_taken(column, node)
                text = "{column}.is_(False)" if negated else "{column}.is_(True)"
            case "int":
                text = "{column} == 0" if negated else "{column} != 0"
            case "str":
                self._text(column, node)
                text = '{column} == ""' if negated else '{column} != ""'
            case "date" | "datetime":
                return self._null(column, negated, node)
            case _:
                raise Untranslatable(f"SQL does not know when {column.name} is true", node)
        made = Code.of(text, column=self.of(column))
        return self._or_null(column, made) if negated else made

    def _is_taken(self, column: Column, node: ast.expr) -> None:
        """`IS 1` is no condition of SQL Server and Oracle."""
        databases = self.scope.settings.database
        if "mssql" in databases or "oracle" in databases:
            raise Untranslatable(f"the database has no IS for {column.name}", node)
        if not databases:
            reason = "the project's database is not known, and SQL Server and Oracle have no IS for"
            self.doubts.append((f"{reason} {column.name}", node))

    def _null(self, column: Column, holds: bool, node: ast.expr) -> Code:
        if reason := other_none(column):
            raise Untranslatable(reason, node)
        if unknown_none(column):
            self.doubts.append((unknown_none(column), node))
        text = "{column}.is_(None)" if holds else "{column}.isnot(None)"
        return Code.of(text, column=self.of(column))

    def _or_null(self, column: Column, made: Code) -> Code:
        if not column.may_be_null:
            return made
        null = Code.of("{column}.is_(None)", column=self.of(column))
        return self._call("or_", [null, made])

    def _compared(
        self, node: ast.Compare, left: ast.expr, operator: ast.cmpop, right: ast.expr,
        negated: bool, present: frozenset[str],
    ) -> Code:  # fmt: skip
        column = self.column(left)
        mirrored = column is None
        if mirrored:
            column, left, right = self.column(right), right, left
        if column is None or any(self._reads_row(item) for item in walk(right)):
            two = column is not None and isinstance(right, ast.Attribute)
            reason = "compares two columns" if two else "is not translated to SQL"
            raise Untranslatable(f"`{ast.unparse(node)}` {reason}", node)
        none = isinstance(right, ast.Constant) and right.value is None
        match operator:
            case ast.Is() | ast.Eq() if none:
                return self._null(column, not negated, node)
            case ast.IsNot() | ast.NotEq() if none:
                return self._null(column, negated, node)
            case ast.In() | ast.NotIn() if not mirrored:
                return self._listed(column, right, isinstance(operator, ast.In) is not negated)
        if type(operator) not in _OPERATORS:
            raise Untranslatable(f"`{ast.unparse(node)}` is not translated to SQL", node)
        sign = _OPERATORS[type(operator)]
        sign = _MIRRORED[sign] if mirrored else sign
        self._comparable(column, right)
        if column.python == "datetime":
            self.doubts.append((f"{ast.unparse(right)} may be in another time zone", right))
        optional = self._may_be_none(right)
        if sign not in ("==", "!="):
            if column.python not in _ORDERED or column.timezone:
                raise Untranslatable(f"SQL orders {column.name} in its own way", node)
            if column.may_be_null and column.name not in present:
                raise Untranslatable(
                    f"{column.name} may be None, which Python does not order", node
                )
            if optional:
                self.doubts.append((f"{ast.unparse(right)} may be None", right))
        sign = _OPPOSITE[sign] if negated else sign
        made = Code.of(
            f"{{column}} {sign} {{value}}",
            column=self.of(column), value=Copied(self.scope.place(right)),
        )  # fmt: skip
        if sign != "!=" or not column.may_be_null:
            return made
        if optional:
            raise Untranslatable(f"{ast.unparse(right)} may be None, and so may the column", right)
        return self._or_null(column, made)

    def _listed(self, column: Column, values: ast.expr, holds: bool) -> Code:
        match values:
            case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items) if items:
                for item in items:
                    self._comparable(column, item)
                    if self._may_be_none(item):
                        raise Untranslatable("a list with None finds no NULL in SQL", item)
            case _:
                raise Untranslatable(f"what is in {ast.unparse(values)} is not known", values)
        text = "{column}.in_({values})" if holds else "{column}.notin_({values})"
        made = Code.of(text, column=self.of(column), values=Copied(self.scope.place(values)))
        return made if holds else self._or_null(column, made)

    # Values -------------------------------------------------------------------------------

    def _reads_row(self, node: ast.AST) -> bool:
        return isinstance(node, ast.Name) and node.id == self.row

    def _value(self, node: ast.expr) -> object:
        match node:
            case ast.Constant(value=int() as number) | ast.UnaryOp(
                op=ast.USub(), operand=ast.Constant(value=int() as number)
            ) if (number >= _TOO_LARGE):
                raise Untranslatable(f"a column may not hold a number like {number}", node)
            case ast.Constant(value=value):
                return Plain(type(value).__name__, False, value)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int())):
                return Plain("int", False)
            case ast.Name() | ast.Attribute() if dotted := dotted_name(node):
                if self._bound_again(dotted.partition(".")[0]):
                    return None
                if not self._is_bound(node, dotted.partition(".")[0]):
                    raise Untranslatable(
                        f"{dotted} may have no value where there are no rows", node
                    )
                if dotted in self.scope.flow.root.env or isinstance(node, ast.Name):
                    return self.scope.flow.lookup(dotted)
                owner = self.scope.flow.lookup(dotted.rpartition(".")[0])
                if isinstance(owner, Row) and not owner.optional:
                    column = owner.model.columns.get(node.attr)
                    return Cell(owner.model, column, owner) if column else None
                return owner if isinstance(owner, Symbol) else None
        raise Untranslatable(f"`{ast.unparse(node)}` is computed anew for each row", node)

    def _bound_again(self, name: str) -> bool:
        """True if a variable may hold something else elsewhere in the function."""
        bound = sum(
            (isinstance(node, ast.Name) and node.id == name and _stores(node))
            or (isinstance(node, ast.arg) and node.arg == name)
            for node in walk(self.scope.node)
        )
        return bound > 1

    def _is_bound(self, node: ast.AST, name: str) -> bool:
        """True for a variable that has a value wherever `node` is evaluated, as far as one statement
        binds it."""
        around, parents = {node}, self.scope.parents
        while (above := parents.get(node)) is not None:
            around.add(above)
            node = above
        for binding in walk(self.scope.node):
            if isinstance(binding, ast.Name) and binding.id == name and _stores(binding):
                bound: ast.AST = binding
                while not isinstance(bound, ast.stmt):
                    bound = parents[bound]
                plain = isinstance(bound, ast.Assign | ast.AnnAssign)
                return (parents[bound] if plain else bound) in around
        return True

    def _may_be_none(self, node: ast.expr) -> bool:
        value = self._value(node)
        if isinstance(value, Symbol):
            return False
        return may_be_none(value) if isinstance(value, Plain | Cell) else True

    def _comparable(self, column: Column, node: ast.expr) -> None:
        """The column's equality in SQL is that of Python for this value."""
        value = self._value(node)
        if column.python not in _PLAIN or column.timezone:
            raise Untranslatable(f"SQL compares {column.name} in its own way", node)
        if column.python == "str":
            self._text(column, node)
        if column.python == "enum":
            own = self.scope.index.function(f"{column.enum}.__eq__")
            if own is not None:
                raise Untranslatable(f"{own.qualname}() says which members are equal", node)
            if isinstance(value, Symbol) and value.full_name == column.enum:
                return
            self.doubts.append((f"{ast.unparse(node)} may be no member of the enum", node))
            return
        kind = kind_of(value) if isinstance(value, Plain | Cell) else None
        if kind is None:
            self.doubts.append((f"the type of {ast.unparse(node)} is not known", node))
        elif kind != column.python:
            raise Untranslatable(f"{ast.unparse(node)} is no {column.python}", node)

    def _text(self, column: Column, node: ast.expr) -> None:
        kind = column.type_name
        databases = set(self.scope.settings.database)
        if column.collation or kind not in _TEXT or (databases and not databases <= EXACT):
            raise Untranslatable(f"the collation of {column.name} decides in SQL", node)
        if not databases:
            self.doubts.append((f"the database may not tell the case of {column.name}", node))


def _stores(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)
