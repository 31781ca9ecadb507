"""Annotations for new variables, in functions that have annotations."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.facts.nodes import parameters, walk
from codemods.orm.values import Cell, kind_of
from codemods.patch import Code, Copied, Hole, Import, Patch
from codemods.project.model import Column

if TYPE_CHECKING:
    from codemods.orm.fetches import Fetch
    from codemods.orm.keys import KeyPart
    from codemods.orm.scope import Scope

_CONTAINERS = frozenset({"list", "dict", "set", "frozenset", "tuple", "type"})
_BUILTIN = frozenset({"int", "str", "bool", "float", "bytes"})
_MODULES = {"Decimal": "decimal", "date": "datetime", "datetime": "datetime", "UUID": "uuid"}


def is_annotated(scope: Scope) -> bool:
    return not isinstance(scope.node, ast.Module) and has_annotations(scope.node)


def has_annotations(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """True if a parameter or the result has an annotation."""
    return node.returns is not None or any(a.annotation is not None for a in parameters(node))


def kept_as_text(scope: Scope) -> bool:
    """True if a file does not evaluate its annotations: `from __future__ import annotations`."""
    return any(
        isinstance(statement, ast.ImportFrom)
        and statement.module == "__future__"
        and any(alias.name == "annotations" for alias in statement.names)
        for statement in scope.tree.body
    )


def takes(scope: Scope, version: tuple[int, int]) -> bool:
    """True if annotations that need this Python may be evaluated where the file's functions and
    classes are made."""
    lowest = scope.settings.python
    return lowest >= version or kept_as_text(scope) or scope.one(_shown) >= version


def evaluated(scope: Scope, text: str) -> str:
    """An annotation for a signature or a class, in quotes where Python could not evaluate it:
    `list[int]` before 3.9, `int | None` before 3.10."""
    if takes(scope, (3, 10) if "|" in text else (3, 9) if "[" in text else (3, 0)):
        return text
    return f'"{text}"'


def beside(scope: Scope, text: str, imports: list[Patch]) -> str:
    """An annotation for the signature of a function beside this one, where a class has a method
    that is called `list`."""
    owner = scope.index.class_(scope.code.owner or "")
    own = {*owner.methods, *owner.attributes} if owner is not None else set()
    for name in sorted(_CONTAINERS & (scope.module_names | own)):
        written = re.sub(rf"(?<![\w.{{]){name}\[", f"{name.title()}[", text)
        if written != text and name != "frozenset":
            place = scope.place(scope.node.body[0])
            imports.append(Import(place, "typing", name.title()))
            text = written
    return text


def _shown(scope: Scope) -> tuple[int, int]:
    """The Python that the annotations need which a file has and evaluates."""
    lowest = (3, 0)
    statements = list(scope.tree.body)
    for statement in statements:
        if isinstance(statement, ast.ClassDef):
            statements += statement.body
        for annotation in _annotations(statement):
            for node in walk(annotation):
                match node:
                    case ast.BinOp(op=ast.BitOr()):
                        return (3, 10)
                    case ast.Subscript(value=ast.Name(id=name)) if name in _CONTAINERS:
                        lowest = (3, 9)
    return lowest


def _annotations(statement: ast.stmt) -> Iterator[ast.expr]:
    match statement:
        case ast.FunctionDef(returns=returns) | ast.AsyncFunctionDef(returns=returns):
            given = [each.annotation for each in parameters(statement)]
            yield from (each for each in (*given, returns) if each is not None)
        case ast.AnnAssign(annotation=annotation):
            yield annotation


class Annotations:
    """Writes annotations for what a fetch keeps, with the imports that they need."""

    def __init__(self, scope: Scope, imports: list[Patch]) -> None:
        self.scope = scope
        self.imports = imports

    def of(self, fetch: Fetch, away: bool = False) -> tuple[str, dict[str, Hole]] | None:
        """The annotation of the dict or set; None in a function that has none.

        Args:
            away: whether it stands in another file than the fetch.
        """
        if not is_annotated(self.scope):
            return None
        lookup = fetch.lookup
        keys = [self.key(part) for part in lookup.parts]
        key = keys[0] if len(keys) == 1 else f"tuple[{', '.join(keys)}]"
        if fetch.as_set:
            return f"set[{key}]", {}
        holes: dict[str, Hole] = {}
        match lookup.kind:
            case "row" | "rows":
                value = "{model}"
                holes["model"] = self._model_here(fetch) if away else self.model(fetch)
            case "count":
                value = "int"
            case "totals":
                number = len(lookup.totals.columns) if lookup.totals else 1
                value = "int" if number == 1 else f"tuple[{', '.join(['int'] * number)}]"
            case "value" | "values":
                column = lookup.columns[0].column
                value = self.named(column)
                if column.may_be_null and value != "Any":
                    value = f"{value} | None"
            case _:
                value = self.any()
        return f"dict[{key}, {f'list[{value}]' if fetch.as_groups else value}]", holes

    def model(self, fetch: Fetch) -> Hole:
        """The class as the lookup names it, or by its own name where that is a variable, as `cls`."""
        from codemods.orm.requery import Requery
        from codemods.orm.unrelated import bound

        requery = Requery(fetch.lookup, "")
        found = requery.model()
        if isinstance(found, Copied):
            written = self.scope.program.source(found.place.path).slice(found.place.span)
            first = written.partition(".")[0]
            if first in bound(self.scope.node):
                found = requery.named(fetch.lookup.model)
        self.imports += requery.imports
        return found

    def _model_here(self, fetch: Fetch) -> Hole:
        """The class by its own name, where the file has imported it."""
        scope, model = self.scope, fetch.lookup.model
        known = scope.index.resolve(scope.module, model.name) == model.full_name
        imported = model.name in scope.module.imports
        usable = kept_as_text(scope) or model.name not in scope.code.trees.typing_only
        return Code.of(model.name if known and imported and usable else self.any())

    def key(self, part: KeyPart) -> str:
        name, column = self.named(part.column), part.column
        known = isinstance(part.value, Cell) or kind_of(part.value) is not None
        optional = (known and part.may_be_none) or column.may_be_null
        return f"{name} | None" if optional and name != "Any" else name

    def named(self, column: Column) -> str:
        kind = column.python
        if kind in _BUILTIN and not column.decorated:
            return str(kind)
        if kind in _MODULES and not column.decorated:
            resolved = self.scope.index.resolve(self.scope.module, kind)
            if resolved != f"{_MODULES[kind]}.{kind}":
                for name, target in self.scope.module.imports.items():
                    if target == _MODULES[kind] and name not in self.scope.code.trees.typing_only:
                        return f"{name}.{kind}"
            if resolved in (None, f"{_MODULES[kind]}.{kind}"):
                self.imports.append(
                    Import(self.scope.place(self.scope.flow.statement), _MODULES[kind], kind)
                )
                return kind
        return self.any()

    def any(self) -> str:
        self.imports.append(Import(self.scope.place(self.scope.flow.statement), "typing", "Any"))
        return "Any"
