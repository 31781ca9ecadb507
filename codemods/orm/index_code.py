"""An index as code: `index=True` on a column, or `Index(…)` among the table's arguments."""

from __future__ import annotations

import ast
import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.symbols import dotted_name
from codemods.finding import NewIndex, Precondition, Status
from codemods.orm.argument_lists import listed
from codemods.orm.naming import snake
from codemods.orm.naming_conventions import index_name
from codemods.patch import (
    AddKeyword,
    Code,
    Copied,
    Import,
    InsertAfter,
    InsertBefore,
    Patch,
    Replace,
)

if TYPE_CHECKING:
    from codemods.orm.declaration import Declaration
    from codemods.orm.index_plan import LackedIndex
    from codemods.source import Place

_COLUMNS = frozenset({"Column", "mapped_column", "Field"})
_ARGUMENTS = "__table_args__"
# The longest name that PostgreSQL keeps.
_LONGEST = 63


@dataclass(frozen=True)
class IndexCode:
    """What gives a class an index that it lacks."""

    declaration: Declaration
    lacked: LackedIndex

    @property
    def title(self) -> str:
        names = " and ".join(self.lacked.names)
        together = " together" if len(self.lacked.names) > 1 else ""
        return f"Give {self.lacked.model.name}.{names} an index{together}"

    @cached_property
    def preconditions(self) -> tuple[Precondition, ...]:
        return (self._placed, self._migrated)

    @property
    def _migrated(self) -> Precondition:
        text = "a database that is there gets the index by a migration only: see --alembic"
        return Precondition("migrated", Status.UNKNOWN, text, self.place)

    @cached_property
    def _placed(self) -> Precondition:
        name, model = "table-arguments", self.lacked.model
        if self._alone is not None:
            return Precondition(name, Status.PROVEN, "the column is declared in the class")
        said = self.declaration.statement(_ARGUMENTS)
        if self.declaration.node is None or self.declaration.statement("__table__") is not None:
            return self._refuted(f"the table of {model.name} is made outside of the class")
        if any(self._has_table(parent) for parent in model.parents):
            return self._refuted(f"{model.name} has no table of its own, which would take it")
        if said is None:
            full = f"{model.full_name}.{_ARGUMENTS}"
            index = self.declaration.index
            if index.value(full) is not None or index.function(full) is not None:
                return self._refuted(f"{model.name} takes {_ARGUMENTS} from elsewhere")
            if not model.complete:
                text = f"a class above {model.name} that is not known may have {_ARGUMENTS}"
                return Precondition(name, Status.UNKNOWN, text, self.place)
        elif not isinstance(said.value, ast.Tuple | ast.Dict):
            return self._refuted(f"{_ARGUMENTS} of {model.name} is not written out")
        return Precondition(name, Status.PROVEN, f"the arguments of {model.name} are written out")

    def _has_table(self, parent: str) -> bool:
        """True for a class above that has the same table."""
        above = self.declaration.index.model(parent)
        return above is not None and above.table == self.lacked.model.table

    def _refuted(self, text: str) -> Precondition:
        return Precondition("table-arguments", Status.REFUTED, text, self.place)

    @property
    def place(self) -> Place:
        """Where the column is declared, in the class if it is not a mixin's."""
        column = self.lacked.first
        whole = self.declaration.node
        inside = whole is not None and self._place(whole).span.contains(column.place.span)
        same = column.place.path == self.declaration.path
        return column.place if inside and same else self.lacked.model.place

    def _place(self, node: ast.expr | ast.stmt) -> Place:
        return self.declaration.program.source(self.declaration.path).place(node)

    @cached_property
    def _alone(self) -> ast.Call | ast.AnnAssign | None:
        """What `index=True` goes to: the call that makes the column, or `name: Mapped[int]`."""
        statement = self.declaration.statement(self.lacked.names[0])
        if len(self.lacked.names) > 1 or statement is None:
            return None
        if self._conventional is None and self.lacked.model.table is not None:
            return None
        if statement.value is None and isinstance(statement, ast.AnnAssign):
            mapped = "Mapped[" in ast.unparse(statement.annotation)
            return statement if mapped else None
        call = statement.value
        if isinstance(call, ast.Call) and _last(call.func) == "deferred" and call.args:
            call = call.args[0]
        if not isinstance(call, ast.Call) or _last(call.func) not in _COLUMNS:
            return None
        for keyword in call.keywords:
            if keyword.arg == "sa_column" and isinstance(keyword.value, ast.Call):
                call = keyword.value
        return call

    # -- names

    @cached_property
    def _columns(self) -> tuple[str, ...]:
        """The names of the columns in the table."""
        columns = (self.lacked.model.columns[name] for name in self.lacked.names)
        return tuple(column.column_name or column.name for column in columns)

    @cached_property
    def _name(self) -> str:
        model = self.lacked.model
        table = (model.table or snake(model.name)).replace(".", "_")
        name = "_".join(("ix", table, *self._columns))
        if len(name) <= _LONGEST:
            return name
        # As long as the database keeps it, and not the name of another one.
        return f"{name[:_LONGEST - 5]}_{hashlib.md5(name.encode()).hexdigest()[-4:]}"

    @property
    def made(self) -> NewIndex | None:
        """The index as a migration makes it; None where the name of the table is computed."""
        if self.lacked.model.table is None:
            return None
        schema, _, table = self.lacked.model.table.rpartition(".")
        conventional = self._alone is not None or self._is_named
        name = (self._conventional if conventional else None) or self._name
        return NewIndex(name, table, self._columns, schema or None, conventional)

    @cached_property
    def _conventional(self) -> str | None:
        if self.lacked.model.table is None:
            return None
        table = self.lacked.model.table.rpartition(".")[2]
        return index_name(self.declaration, table, self._columns)

    @property
    def _is_named(self) -> bool:
        """True where the metadata's convention names an index of several columns after all of them;
        SQLAlchemy's own names one after the first, which an index of that column may have."""
        name = self._conventional
        if len(self._columns) == 1 or name is None or len(name) > _LONGEST:
            return False
        assert self.lacked.model.table is not None
        table = self.lacked.model.table.rpartition(".")[2]
        return name != index_name(self.declaration, table, self._columns[:1])

    # -- patches

    def patches(self) -> tuple[Patch, ...]:
        if isinstance(self._alone, ast.Call):
            return (AddKeyword(self._place(self._alone), "index", Code.of("True")),)
        if self._alone is not None:
            return self._mapped(self._alone)
        return self._arguments()

    def _mapped(self, statement: ast.AnnAssign) -> tuple[Patch, ...]:
        place = self._place(statement)
        code = Code.of(
            "{name}: {annotation} = mapped_column(index=True)",
            name=self.lacked.names[0],
            annotation=Copied(self._place(statement.annotation)),
        )
        return Replace(place, code), Import(place, "sqlalchemy.orm", "mapped_column")

    def _arguments(self) -> tuple[Patch, ...]:
        """`__table_args__` with the index, in front of a last dict of options."""
        whole = self.declaration.node
        assert whole is not None
        said = self.declaration.statement(_ARGUMENTS)
        index, imported = self._call(whole)
        if said is None:
            statement = Code.of(f"{_ARGUMENTS} = ({{index}},)", index=index)
            first = self.declaration.statement("__tablename__") or whole.body[0]
            where = InsertBefore if _is_column(first) else InsertAfter
            return where(self._place(first), (statement,)), *imported
        assert said.value is not None
        parts = said.value.elts if isinstance(said.value, ast.Tuple) else [said.value]
        cut = len(parts) - bool(parts and isinstance(parts[-1], ast.Dict))
        written, holes = listed(parts, self._place)
        text = ", ".join((*written[:cut], "{index}", *written[cut:])) + ("," if not parts else "")
        name = _ARGUMENTS
        if isinstance(said, ast.AnnAssign):
            name += ": {annotation}"
            holes["annotation"] = Copied(self._place(said.annotation))
        code = Code.of(f"{name} = ({text})", index=index, **holes)
        return Replace(self._place(said), code), *imported

    def _call(self, whole: ast.ClassDef) -> tuple[Code, tuple[Patch, ...]]:
        own = None if self._is_named else self._name
        names = ", ".join(repr(name).replace("'", '"') for name in (own, *self._columns))
        for statement in whole.body:
            call = getattr(statement, "value", None)
            dotted = dotted_name(call.func) if isinstance(call, ast.Call) else None
            owner, _, last = (dotted or "").rpartition(".")
            if owner and last == "Column":
                return Code.of(f"{{index}}({names})", index=f"{owner}.Index"), ()
        place = self._place(whole)
        return Code.of(f"Index({names})"), (Import(place, "sqlalchemy", "Index"),)


def _is_column(node: ast.stmt) -> bool:
    """True for an attribute that the arguments of the table stand in front of."""
    names = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
    return any(isinstance(name, ast.Name) and not name.id.startswith("__") for name in names)


def _last(function: ast.expr) -> str:
    return (dotted_name(function) or "").rpartition(".")[2]
