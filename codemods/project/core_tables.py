"""Tables that no class is mapped to, as those between two classes: `Table("order_tags", …)`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from codemods.facts.symbols import Call
from codemods.project.classes import Classes
from codemods.project.columns import Columns
from codemods.project.declared import Declarations, Declared
from codemods.project.model import Column, Model
from codemods.settings import Settings


class CoreTables:
    """Reads the tables of a project that its modules name and that are no mapped class's."""

    def __init__(self, classes: Classes, settings: Settings, models: Iterable[Model]) -> None:
        self.classes = classes
        self.columns = Columns(classes, settings)
        self.declarations = Declarations(classes, self.columns)
        self.mapped = {model.table or model.full_name: model for model in models}

    def read(self) -> dict[str, Model]:
        """What is known of each table, by the full name of its variable.

        A table has columns, by their keys, and nothing else that a model has: no unique key is
        taken from it, and a column that only has a foreign key is of the type of what it refers to.
        """
        found = {}
        for facts in self.classes.linker.modules.values():
            for name, value in facts.values.items():
                made = value.value
                if "." in name or not isinstance(made, Call):
                    continue
                if self.columns.call_kind(facts, made) != "Table":
                    continue
                known = Declared()
                self.declarations.table(known, facts, made, value.place)
                if known.table is None or known.table in self.mapped:
                    continue
                columns = {key: self._typed(column) for key, column in known.columns.items()}
                found[value.full_name] = Model(
                    value.full_name, name, value.place, known.table, columns, {}, {}, core=True
                )
        return found

    def _typed(self, column: Column) -> Column:
        """A column without a type of its own, with that of the column which it refers to."""
        if column.type is not None or column.foreign_key is None:
            return column
        table, _, key = column.foreign_key.removeprefix("=").rpartition(".")
        model = self.mapped.get(table) or next(
            (each for each in self.mapped.values() if each.full_name == table), None
        )
        for target in model.columns.values() if model is not None else ():
            if key in (target.name, target.column_name):
                return replace(
                    column, type=target.type, python=target.python, length=target.length,
                    collation=target.collation, timezone=target.timezone,
                    decorated=target.decorated, enum=target.enum,
                )  # fmt: skip
        return column
