"""Keys of lookups: what may be evaluated before a loop, and what equals what in SQL and in Python."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.finding import Precondition, Status
from codemods.orm.databases import FOLDING, TITLES
from codemods.orm.events import Loop, Run
from codemods.orm.key_kinds import is_text
from codemods.orm.preconditions import proven, refuted, unknown
from codemods.orm.query import Predicate
from codemods.orm.values import Cell, Row, Value, kind_of, may_be_none
from codemods.patch import Code, Copied
from codemods.project.model import Column, Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

PURE_FUNCTIONS = frozenset(
    {
        "str",
        "int",
        "Decimal",
        "UUID",
        "min",
        "max",
        "float",
        "len",
        "bool",
        "repr",
        "abs",
        "round",
        "isinstance",
        "range",
        "date",
        "datetime",
        "timedelta",
        "relativedelta",
    }
)
PURE_METHODS = frozenset({
    "strip", "lstrip", "rstrip", "lower", "upper", "title", "casefold", "capitalize", "replace",
    "removeprefix", "removesuffix", "zfill", "get", "startswith", "endswith", "split", "rsplit",
    "isdigit", "date", "isoformat", "keys", "values", "items", "partition", "rpartition", "format",
    "datetime", "timedelta", "combine", "fromisoformat", "strptime", "strftime",
})  # fmt: skip
_PURE = (
    ast.Name, ast.Constant, ast.Attribute, ast.Subscript, ast.BinOp, ast.UnaryOp, ast.BoolOp,
    ast.Compare, ast.Tuple, ast.List, ast.JoinedStr, ast.FormattedValue, ast.IfExp, ast.Call,
    ast.Slice, ast.keyword, ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.expr_context,
)  # fmt: skip
_STRINGS = frozenset({"String", "Unicode", "Text", "UnicodeText", "VARCHAR", "TEXT", "AutoString"})
# Types whose values are equal in SQL with other blanks at the end, or in other case.
LOOSE_TYPES = frozenset({"CHAR", "NCHAR", "CITEXT"})
_TEXT_SOURCES = frozenset(
    {"input", "split", "rsplit", "splitlines", "getlist", "environ", "getenv"}
)


@dataclass(frozen=True)
class KeyPart:
    """One column that a lookup asks for, and the expression of the loop that it must equal.

    `attribute` is read on the operand where the code compares a relationship with a row.
    `computed` is the SQL expression on the column that is compared, `func.lower(User.email)`.
    """

    model: Model
    column: Column
    operand: ast.expr
    value: Value
    predicate: Predicate | None = None
    attribute: str | None = None
    computed: ast.expr | None = None

    def asked(self, scope: Scope) -> Code | Copied:
        """The key, as the loop's body writes it."""
        copied = Copied(scope.place(self.operand))
        if self.attribute:
            return Code.of(f"{{row}}.{self.attribute}", row=copied)
        return copied

    @property
    def read(self) -> frozenset[str]:
        """The attributes that the code names to make the key."""
        own = {item.attr for item in walk(self.operand) if isinstance(item, ast.Attribute)}
        named = self.predicate.attribute if self.predicate is not None else None
        return frozenset({*own, named} if named else own)

    @property
    def may_be_none(self) -> bool:
        return may_be_none(self.value)

    @property
    def finds_null(self) -> bool:
        """True if a key of None may find a row whose column is NULL."""
        nullable = self.column.may_be_null
        return nullable and self.may_be_none


def loaded_names(node: ast.AST) -> set[str]:
    """The names that an expression reads."""
    return {item.id for item in walk(node) if isinstance(item, ast.Name)}


def is_pure(node: ast.AST, known: Callable[[ast.Call], bool] | None = None) -> bool:
    """True if evaluating it once more, and earlier, changes nothing; it may raise.

    Args:
        known: tells of further calls that change nothing.
    """
    for item in walk(node):
        if not isinstance(item, _PURE):
            return False
        if isinstance(item, ast.Call):
            match item.func:
                case ast.Name(id=name) if name in PURE_FUNCTIONS:
                    pass
                case ast.Attribute(attr=name) if name in PURE_METHODS and not is_of_a_queue(item):
                    pass
                case _:
                    if known is None or not known(item):
                        return False
    return True


def is_of_a_queue(call: ast.Call) -> bool:
    """True for `lines.get()` and `lines.get(timeout=1)`, which take the next of something: that of
    a dict has a key."""
    match call:
        case ast.Call(func=ast.Attribute(attr="get"), args=given, keywords=named):
            flag = (
                bool(given)
                and isinstance(given[0], ast.Constant)
                and isinstance(given[0].value, bool)
            )
            return not given or bool(named) or flag
    return False


def is_total(node: ast.AST, value: Value) -> bool:
    """True if evaluating it cannot raise, for an item that the loop would not have reached."""
    match node:
        case ast.Name() | ast.Constant():
            return True
        case ast.Attribute(value=ast.Name()):
            there = not (isinstance(value, Cell) and value.row is not None and value.row.optional)
            return isinstance(value, Cell) and there
        case ast.Call(func=ast.Name(id="str"), args=[inner]):
            return isinstance(inner, ast.Name | ast.Constant) or (
                isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name)
            )
    return False


def is_harmless(test: ast.expr, numbers: Set[str] = frozenset()) -> bool:
    """True for a condition that cannot raise: `order.status == Status.NEW`, `not row.done`.

    Args:
        numbers: variables that hold a number and never None, which `total > 0` asks for.
    """
    match test:
        case ast.Name() | ast.Constant() | ast.Attribute(value=ast.Name()):
            return True
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return is_harmless(inner, numbers)
        case ast.BoolOp(values=values):
            return all(is_harmless(value, numbers) for value in values)
        case ast.Compare(left=left, ops=ops, comparators=others):
            equal = ast.Eq | ast.NotEq | ast.Is | ast.IsNot
            if all(isinstance(op, equal) for op in ops):
                return all(is_harmless(part, numbers) for part in (left, *others))
            ordered = not any(isinstance(op, ast.In | ast.NotIn) for op in ops)
            return ordered and all(_is_number(part, numbers) for part in (left, *others))
    return False


def _is_number(node: ast.expr, numbers: Set[str]) -> bool:
    match node:
        case ast.Constant(value=int() | float()):
            return True
        case ast.Name(id=name):
            return name in numbers
    return False


def numbers_in(scope: Scope) -> frozenset[str]:
    """The variables of a function that are bound once, to a number that is never None."""
    stores = Counter(
        node.id
        for node in walk(scope.node)
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)
    )
    return frozenset(
        name
        for name, value in scope.flow.env.items()
        if stores[name] == 1 and kind_of(value) in _NUMBERS and not may_be_none(value)
    )


_NUMBERS = frozenset({"int", "float", "bool"})


def is_textual(node: ast.AST, loops: tuple[Loop, ...]) -> bool:
    """True for what comes out of JSON, a form or text: numbers may be strings there."""
    nodes = [node, *(loop.iterable for loop in loops)]
    for part in nodes:
        for item in walk(part):
            match item:
                case ast.Subscript(slice=ast.Constant(value=str())):
                    return True
                case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(value=str()), *_]):
                    return True
                case ast.Attribute(attr=name) | ast.Name(id=name) if name in _TEXT_SOURCES:
                    return True
    return False


def keys_equal(scope: Scope, part: KeyPart, run: Run, textual: bool) -> Precondition:
    """SQL's equality of the column and the key is Python's equality and hash (semantics 3.2)."""
    name = "keys-equal"
    column, label = part.column, f"{part.model.name}.{part.column.name}"
    kind = kind_of(part.value)
    if part.attribute and isinstance(part.value, Row):
        target = part.value.model.columns.get(part.attribute)
        kind = target.python if target else None
    if kind is None and not part.attribute and is_text(scope, part.operand):
        kind = "str"
    if column.expression:
        text = f"{label} is worked out by the database, and nothing says of what type it is"
        return refuted(scope, name, text, run)
    if column.collation:
        return refuted(scope, name, f"{label} has a collation of its own", run)
    if isinstance(part.value, Cell) and same_column_type(column, part.value.column):
        return _databases(scope, name, part.value.column, column, label, run)
    if column.enum and column.enum == _enum_of(scope, part, run):
        return proven(name, f"{label} and its keys are members of one enum")
    if column.python is None and column.type is None:
        text = f"nothing says of what type {label} is, and whether a dict compares it as SQL does"
        return unknown(scope, name, text, run)
    match column.python:
        case "int":
            if kind in ("int", "bool"):
                return proven(name, f"{label} and its keys are integers")
            if kind is None and not textual:
                return unknown(
                    scope, name, f"nothing says that the keys for {label} are integers", run
                )
            found = f"its keys are {kind}" if kind else "its keys come from text or JSON"
            return refuted(scope, name, f"{label} is an integer and {found}", run)
        case "str":
            return _strings(scope, name, part, label, kind, run)
        case "Decimal" if kind in ("Decimal", "int"):
            return _decimals(scope, name, kind == "int", label, run)
        case "bool" | "date" | "UUID" if kind == column.python:
            return proven(name, f"{label} and its keys are {kind} values")
        case "float" if kind in ("float", "int"):
            text = f"{label} holds floating point numbers, which a database may round"
            return unknown(scope, name, text, run)
    kind = column.python or column.type_name
    text = f"{label} is a {kind}, which SQL may find equal to keys that a dict tells apart"
    return refuted(scope, name, text, run)


def _enum_of(scope: Scope, part: KeyPart, run: Run) -> str | None:
    """The full name of the enum whose members are the keys, where a loop goes over it."""
    if not isinstance(part.operand, ast.Name):
        return None
    for loop in run.loops:
        if part.operand.id in loop.names and (dotted := dotted_name(loop.iterable)):
            resolved = scope.index.resolve(scope.module, dotted)
            return scope.index.canonical(resolved) if resolved else None
    return None


def same_column_type(left: Column, right: Column) -> bool:
    """True if values of the two that SQL finds equal are equal in Python, case aside."""
    if left.python is None or left.python in ("json", "array", "float"):
        return False
    if any(each.decorated or each.expression or each.collation for each in (left, right)):
        return False
    last = left.type_name
    if left.python == "str" and last not in _STRINGS and left.type != right.type:
        return False
    if last.upper() in LOOSE_TYPES:
        return False
    return (left.python, left.timezone, left.enum) == (right.python, right.timezone, right.enum)


def _databases(
    scope: Scope, name: str, key: Column, column: Column, label: str, run: Run
) -> Precondition:
    if column.python == "Decimal":
        return _decimals(scope, name, key.place == column.place, label, run)
    if column.python != "str":
        return proven(name, f"{label} and its keys have one type")
    return _folding(scope, name, label, run) or proven(name, f"{label} and its keys are strings")


def _decimals(scope: Scope, name: str, exact: bool, label: str, run: Run) -> Precondition:
    """`exact` is True where a key has no more digits than what is read of the column."""
    if not exact and "sqlite" in (scope.settings.database or ("sqlite",)):
        text = f"SQLite keeps all digits of a number, and what is read of {label} is rounded"
        return unknown(scope, name, text, run)
    return proven(name, f"{label} and its keys are exact numbers")


def _folding(scope: Scope, name: str, label: str, run: Run) -> Precondition | None:
    databases = scope.settings.database
    if run.or_asked:
        # a key that a dict tells apart is asked for as before
        return None
    if not databases:
        return unknown(
            scope, name, f"{label} is a string, which some databases compare without case", run
        )
    folding = FOLDING & set(databases)
    if not folding:
        return None
    reason = f"{label} is a string, which {TITLES[min(folding)]} compares without case"
    if folding == set(databases):
        return refuted(scope, name, reason, run)
    return unknown(scope, name, f"{reason}, unlike a dict", run)


def _strings(
    scope: Scope, name: str, part: KeyPart, label: str, kind: str | None, run: Run
) -> Precondition:
    last = part.column.type_name
    if part.column.type is not None and last not in _STRINGS:
        return refuted(scope, name, f"{label} is a {last}, which pads or folds what it holds", run)
    if kind not in ("str", None):
        return refuted(scope, name, f"{label} is a string and its keys are {kind}", run)
    doubt = _folding(scope, name, label, run)
    if kind is None and (doubt is None or doubt.status is Status.UNKNOWN):
        return unknown(scope, name, f"nothing says that the keys for {label} are strings", run)
    return doubt or proven(name, f"{label} and its keys are strings")
