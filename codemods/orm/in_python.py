"""Conditions of SQL, as conditions of Python that hold for the same rows once they are loaded."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.facts.nodes import parameters, walk
from codemods.facts.symbols import dotted_name
from codemods.finding import Status
from codemods.orm.bindings import assigned_values
from codemods.orm.databases import EXACT_LIKE
from codemods.orm.events import Run
from codemods.orm.keys import KeyPart, is_textual, keys_equal
from codemods.orm.like_keys import WILDCARDS, without_wildcards
from codemods.orm.query import Predicate
from codemods.orm.row_tests import Untranslatable, other_none, unknown_none
from codemods.orm.values import Cell, ModelClass, Plain, Symbol, is_none, kind_of
from codemods.patch import Code, Copied
from codemods.project.model import Column, Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_ORDERED = frozenset({"int", "date", "datetime"})
_MOMENTS = frozenset({"date", "datetime"})
_TEXT = frozenset({"String", "Text", "Unicode", "UnicodeText", "VARCHAR", "TEXT"})
_METHODS = {
    "contains": "{key} in {read}",
    "startswith": "{read}.startswith({key})",
    "endswith": "{read}.endswith({key})",
}
# Methods that are LIKE, or one that takes no notice of case.
LIKES = frozenset({
    "contains", "startswith", "endswith", "like", "ilike", "icontains", "istartswith", "iendswith",
})  # fmt: skip
_SIGNS = frozenset({"<", "<=", ">", ">="})


_OPERATORS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip


def _is_sqlalchemy(scope: Scope, name: str) -> bool:
    found = scope.flow.lookup(name)
    return isinstance(found, Symbol) and found.full_name.startswith("sqlalchemy.")


def extracted(asked: ast.expr) -> ast.expr | None:
    """What `extract("month", Order.placed_on)` takes the year, the month or the day of."""
    match asked:
        case ast.Call(
            func=ast.Name(id="extract") | ast.Attribute(attr="extract"),
            args=[ast.Constant(value="year" | "month" | "day"), inner],
            keywords=[],
        ):
            return inner
    return None


@dataclass
class InPython:
    """Translates the conditions of a query of `model`.

    `read` writes what Python has for a column of a row. `doubts` are reasons for which a
    translation may differ from SQL for some values, `columns` what was read so far, and `present`
    are columns in which no row has NULL.
    """

    scope: Scope
    run: Run
    model: Model
    read: Callable[[Column], Code]
    doubts: list[tuple[str, ast.expr]] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    present: tuple[Column, ...] = ()

    @property
    def deferred(self) -> bool:
        """True if what is read does not come with the rows, but with a query for each."""
        return any(column.deferred for column in self.columns)

    def all_of(self, predicates: Iterable[Predicate]) -> Code | None:
        """The conditions joined by `and`; None where there are none.

        Raises:
            Untranslatable: names the part that stands in the way.
        """
        parts = [self.test(predicate) for predicate in predicates]
        if not parts:
            return None
        holes = {f"c{number}": part for number, part in enumerate(parts)}
        return Code.of(" and ".join(f"{{{name}}}" for name in holes), **holes)

    def test(self, predicate: Predicate) -> Code:
        """One condition.

        Raises:
            Untranslatable: where Python cannot be trusted with it.
        """
        column, node = predicate.column, predicate.node
        if predicate.alias is not None or set(predicate.models) != {self.model}:
            raise Untranslatable(f"`{ast.unparse(node)}` is about another table", node)
        if column is None or predicate.operator is None or predicate.operand is None:
            return self._other(node)
        if predicate.model is not self.model:
            raise Untranslatable(f"`{ast.unparse(node)}` is about another table", node)
        match predicate.operator:
            case "==" | "!=" as sign:
                return self._equal(predicate, column, predicate.operand, sign)
            case "is":
                return self._is(column, predicate.operand, predicate.value)
            case sign if sign in _SIGNS:
                self.ordered(column, predicate.operand, predicate.value)
                text = f"{{read}} {sign} {{value}}"
                return self._present(column, text, value=self._copied(predicate.operand))
        raise Untranslatable(f"`{ast.unparse(node)}` is not translated to Python", node)

    def of(self, column: Column) -> Code:
        """What Python has for a column.

        Raises:
            Untranslatable: for one that SQL knows in another way.
        """
        if column.expression or column.decorated:
            raise Untranslatable(f"{column.name} is no plain column", self.run.expression)
        self.columns.append(column)
        return self.read(column)

    def ordered(self, column: Column, node: ast.expr, value: object) -> None:
        """Check that Python orders a column and a value as SQL does.

        Raises:
            Untranslatable: where it does not.
        """
        text = ast.unparse(node)
        kind = kind_of(value) if isinstance(value, Plain | Cell) else None
        if column.python == "Decimal" and kind in ("int", "Decimal"):
            return
        if column.python not in _ORDERED or column.timezone:
            raise Untranslatable(f"SQL orders {column.name} in its own way", node)
        if isinstance(value, Plain) and is_none(value):
            raise Untranslatable(f"`{text}` is None, which Python does not order", node)
        if kind is not None and kind != column.python:
            raise Untranslatable(
                f"`{text}` is no {column.python}, and Python compares no others", node
            )
        if kind is None and column.python != "int" and _given(self.scope, node, column.python):
            # trap c8_03: in SQL a date is compared with a datetime, in Python that raises
            reason = (
                f"nothing says that `{text}` is a {column.python}, and Python compares no others"
            )
            raise Untranslatable(reason, node)
        if kind is None:
            self.doubts.append(
                (f"nothing says that `{text}` is a {column.python}, as it must be", node)
            )
        elif column.python == "datetime":
            self.doubts.append(
                (f"`{text}` may have a time zone, which {column.name} has not", node)
            )

    # Forms --------------------------------------------------------------------------------

    def _copied(self, node: ast.expr) -> Copied:
        return Copied(self.scope.place(node))

    def _present(self, column: Column, text: str, **holes: Copied) -> Code:
        """A comparison that no NULL passes."""
        if column.may_be_null and column not in self.present:
            text = f"{{read}} is not None and {text}"
        return Code.of(text, read=self.of(column), **holes)

    def _equal(self, predicate: Predicate, column: Column, operand: ast.expr, sign: str) -> Code:
        value = predicate.value
        if value is not None and is_none(value):
            return self._null(column, sign == "==", operand)
        if value is None:
            raise Untranslatable(f"`{ast.unparse(operand)}` is not known", operand)
        if column.python == "bool" and isinstance(operand, ast.Constant):
            wanted = bool(operand.value) is (sign == "==")
            return Code.of("{read}" if wanted else "{read} is False", read=self.of(column))
        if not self._is_member(column, value):
            part = KeyPart(self.model, column, operand, value, predicate)
            textual = is_textual(operand, self.run.loops)
            found = keys_equal(self.scope, part, self.run, textual)
            if column.python in _MOMENTS and not column.timezone and kind_of(value) is None:
                # a dict would miss what is no date; here it is told
                reason = f"nothing says that `{ast.unparse(operand)}` is a {column.python}"
                self.doubts.append((f"{reason}, as it must be", operand))
            elif found.status is Status.REFUTED:
                raise Untranslatable(found.reason, operand)
            elif found.status is Status.UNKNOWN:
                self.doubts.append((found.reason, operand))
        if sign == "==":
            return Code.of("{read} == {value}", read=self.of(column), value=self._copied(operand))
        return self._present(column, "{read} != {value}", value=self._copied(operand))

    def _null(self, column: Column, holds: bool, node: ast.expr) -> Code:
        if reason := other_none(column):
            raise Untranslatable(reason, node)
        if unknown_none(column):
            self.doubts.append((unknown_none(column), node))
        text = "{read} is None" if holds else "{read} is not None"
        return Code.of(text, read=self.of(column))

    def _is_member(self, column: Column, value: object) -> bool:
        if column.python == "bool" and isinstance(value, Plain):
            return isinstance(value.constant, bool)
        return (
            column.python == "enum"
            and isinstance(value, Symbol)
            and column.enum is not None
            and f"{value.full_name}.".startswith(f"{column.enum}.")
        )

    def _is(self, column: Column, operand: ast.expr, value: object) -> Code:
        match operand:
            case ast.Constant(value=None):
                return self._null(column, True, operand)
            case ast.Constant(value=bool() as constant) if column.python == "bool":
                return Code.of(f"{{read}} is {constant}", read=self.of(column))
        raise Untranslatable(f"`{ast.unparse(operand)}` is not translated to Python", operand)

    def _other(self, node: ast.expr) -> Code:
        match node:
            case ast.Attribute() if (column := self._column(node)) and column.python == "bool":
                return Code.of("{read}", read=self.of(column))
            case ast.UnaryOp(op=ast.Invert(), operand=inner):
                if (column := self._column(inner)) and column.python == "bool":
                    return Code.of("{read} is False", read=self.of(column))
            case ast.Compare(left=ast.Call() as asked, ops=[op], comparators=[value]) if (
                type(op) in _OPERATORS and (taken := extracted(asked)) is not None
            ):
                return self._part_of_date(asked, taken, _OPERATORS[type(op)], value)
            case ast.Call(func=ast.Attribute(value=inner, attr=name), args=arguments):
                if column := self._column(inner):
                    if name in LIKES:
                        return self._like(node, column, name)
                    return self._called(node, column, name, arguments)
        raise Untranslatable(f"`{ast.unparse(node)}` is not translated to Python", node)

    def _part_of_date(self, asked: ast.Call, inner: ast.expr, sign: str, value: ast.expr) -> Code:
        """`extract("month", Order.placed_on) == month` as `order.placed_on.month == month`."""
        column, text = self._column(inner), ast.unparse(asked)
        own = isinstance(asked.func, ast.Name) and not _is_sqlalchemy(self.scope, asked.func.id)
        if own or column is None or column.python not in _MOMENTS or column.timezone:
            raise Untranslatable(f"`{text}` is told in the database's time zone", asked)
        kind = self._kind(value)
        if kind not in (None, "int"):
            raise Untranslatable(f"`{ast.unparse(value)}` is no number", value)
        if kind is None:
            self.doubts.append((f"nothing says that `{ast.unparse(value)}` is a number", value))
        part = ast.literal_eval(asked.args[0])
        return self._present(column, f"{{read}}.{part} {sign} {{value}}", value=self._copied(value))

    def _kind(self, value: ast.expr) -> str | None:
        """The Python kind of a value, None where that is not known."""
        if isinstance(value, ast.Constant):
            return type(value.value).__name__
        found = self.scope.flow.lookup(dotted_name(value) or "")
        return kind_of(found) if found is not None else None

    def _called(self, node: ast.expr, column: Column, name: str, given: list[ast.expr]) -> Code:
        match name, given:
            case "isnot" | "is_not", [ast.Constant(value=None)]:
                return self._null(column, False, node)
            case "isnot" | "is_not", [ast.Constant(value=bool() as value)] if (
                column.python == "bool" and not column.may_be_null
            ):
                return Code.of(f"{{read}} is not {value}", read=self.of(column))
            case "between", [first, last]:
                for bound in (first, last):
                    self.ordered(column, bound, self.scope.flow.lookup(dotted_name(bound) or ""))
                text = "{first} <= {read} <= {last}"
                return self._present(
                    column, text, first=self._copied(first), last=self._copied(last)
                )
        raise Untranslatable(f"`{ast.unparse(node)}` is not translated to Python", node)

    def _like(self, node: ast.Call, column: Column, name: str) -> Code:
        """`Item.url.contains(key)` as `key in row.url`."""
        last = column.type_name
        databases = set(self.scope.settings.database)
        if column.python != "str" or column.collation or last not in _TEXT:
            raise Untranslatable(f"LIKE takes {column.name} in its own way", node)
        if not databases or not databases <= EXACT_LIKE:
            which = "the project's database" if databases else "the database, which is not known,"
            reason = f"LIKE of {which} may find {column.name} in another case"
            raise Untranslatable(reason, node)
        escaped = [k for k in node.keywords if k.arg == "autoescape"]
        if name not in _METHODS or len(node.args) != 1 or len(escaped) < len(node.keywords):
            raise Untranslatable(f"`{name}()` folds or escapes text as the database does", node)
        (key,) = node.args
        match key:
            case ast.Constant(value=str(text)):
                if not escaped and set(text) & WILDCARDS:
                    raise Untranslatable(f"`{ast.unparse(key)}` has wildcards of SQL", key)
            case _ if not escaped and not without_wildcards(self.scope, self.run, key):
                text = ast.unparse(key)
                self.doubts.append((f"a % or _ in `{text}` is a wildcard for the database", key))
            case _:
                self.doubts.append((f"nothing says that `{ast.unparse(key)}` is text", key))
        return self._present(column, _METHODS[name], key=self._copied(key))

    def _column(self, node: ast.expr) -> Column | None:
        """The column that an expression names, if it is one of the model's."""
        if not isinstance(node, ast.Attribute):
            return None
        match self.scope.flow.lookup(dotted_name(node.value) or ""):
            case ModelClass(model=model, alias=None) if model is self.model:
                return model.columns.get(node.attr)
        return None


def named_model(scope: Scope, run: Run, model: Model) -> ast.expr | None:
    """How a query says the name of a class, None where only its columns' names do."""
    for part in (*run.query.roots, *(call.node for call in run.query.calls)):
        for node in walk(part):
            if isinstance(node, ast.Name | ast.Attribute) and (dotted := dotted_name(node)):
                match scope.flow.lookup(dotted):
                    case ModelClass(model=found, alias=None) if found is model:
                        return node
    return None


def _given(scope: Scope, node: ast.expr, kind: str) -> bool:
    """True if a value is made from a parameter that is not annotated as one of its kind."""
    function = scope.node
    annotations = {
        item.arg: ast.unparse(item.annotation) if item.annotation else ""
        for item in parameters(function)
    }
    names, found = set(_summands(node)), set[str]()
    while names:
        found |= names
        made = [value for name in names for value in assigned_values(function, name) if value]
        names = {name for value in made for name in _summands(value)} - found
    return any(kind not in annotations[name].split(".") for name in found & annotations.keys())


def _summands(node: ast.expr) -> Iterator[str]:
    """The variables of which a value is a sum, a difference, the least or the greatest."""
    match node:
        case ast.Name(id=name):
            yield name
        case ast.BinOp(left=left, right=right):
            yield from (*_summands(left), *_summands(right))
        case ast.IfExp(body=one, orelse=other):
            yield from (*_summands(one), *_summands(other))
        case ast.Call(func=ast.Name(id="min" | "max"), args=values):
            for value in values:
                yield from _summands(value)
