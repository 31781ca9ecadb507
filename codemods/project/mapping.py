"""From class bodies to `Model`s: inheritance, tables, unique keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from codemods.facts.symbols import Call, Name, Pairs, Symbol, text_of
from codemods.facts.values import CallFacts, ClassFacts, ModuleFacts
from codemods.project.classes import Classes
from codemods.project.columns import Columns, strings
from codemods.project.declared import Constraint, Declarations, Declared
from codemods.project.drafts import Draft
from codemods.project.indexes import OuterIndex, indexes, is_unique, outer_indexes
from codemods.project.model import Column, Model
from codemods.project.query_classes import LEAVES, only_adds, query_class
from codemods.project.relations import Relations
from codemods.settings import Settings

_CAMEL = re.compile(r"((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))")
_IMPERATIVE = frozenset({"map_imperatively", "mapper"})


class Mapper:
    """Builds every model of a project."""

    def __init__(self, classes: Classes, settings: Settings) -> None:
        self.classes = classes
        self.columns = Columns(classes, settings)
        self.declarations = Declarations(classes, self.columns)
        self.drafts: dict[str, Draft] = {}

    def models(self, watched: Mapping[str, object]) -> dict[str, Model]:
        """The models by full name. `watched` holds the full names whose events are listened to;
        `*` stands for a target that could not be told."""
        calls = [
            (facts, call)
            for facts in self.classes.linker.modules.values()
            for call in facts.calls
            if call.function is None or call.call.func.rpartition(".")[2] in _IMPERATIVE
        ]
        for item in self.classes.all.values():
            if self.classes.is_mapped(item):
                self.drafts[item.full_name] = self._draft(item)
        for facts, call in calls:
            if call.call.func.rpartition(".")[2] in _IMPERATIVE:
                self._imperative(facts, call)
        for draft in self.drafts.values():
            draft.parents = tuple(name for name in draft.order[1:] if name in self.drafts)
        for draft in sorted(self.drafts.values(), key=lambda draft: len(draft.parents)):
            self._fill(draft)
        for draft in self.drafts.values():
            self._inherit(draft)
        self._point()
        Relations(self.classes, self.drafts).link()
        outer: dict[str, list[OuterIndex]] = {}
        for index in outer_indexes(calls, self.classes.resolve):
            outer.setdefault(index.owner, []).append(index)
        children: dict[str, list[str]] = {}
        for draft in self.drafts.values():
            for parent in draft.parents:
                children.setdefault(parent, []).append(draft.full_name)
        return {
            name: self._model(
                draft,
                tuple(children.get(name, ())),
                [index for part in draft.order for index in outer.get(part, ())],
                watched,
            )
            for name, draft in self.drafts.items()
        }

    # -- drafts

    def _draft(self, item: ClassFacts) -> Draft:
        order = self.classes.order(item.full_name)
        root = next((name for name in order if self.classes.is_root(name)), "")
        return Draft(
            item.full_name,
            item.name_place,
            self.classes.module_of[item.full_name],
            item.qualname,
            root,
            order,
        )

    def _imperative(self, facts: ModuleFacts, found: CallFacts) -> None:
        """`registry.map_imperatively(Order, orders, properties={…})`."""
        name, table = found.call.argument(0, "class_"), found.call.argument(1, "local_table")
        if not isinstance(name, Name):
            return
        full = self.classes.resolve(facts, name.dotted)
        item = self.classes.all.get(full or "")
        if item is None:
            return
        draft = self.drafts.setdefault(item.full_name, self._draft(item))
        known = Declared()
        if table is not None:
            self.declarations.assign(known, facts, "__table__", found.place, table)
        properties = found.call.keyword("properties")
        for key, value in properties.pairs if isinstance(properties, Pairs) else ():
            attribute = text_of(key) if key is not None else None
            if attribute:
                self.declarations.assign(known, facts, attribute, found.place, value)
        self._take(draft, known)
        draft.table = known.table
        draft.constraints += known.constraints

    def _fill(self, draft: Draft) -> None:
        """Read the class and the mixins that no mapped parent has."""
        taken = {name for parent in draft.parents for name in self.drafts[parent].order}
        sqlmodel = self.classes.is_sqlmodel(draft.full_name)
        bodies: list[Declared] = []
        for name in draft.order:
            if name in taken:
                continue
            item = self.classes.all.get(name)
            if item is not None:
                bodies.append(self.declarations.read(item, sqlmodel, draft.root))
            elif name:
                bodies.append(self.declarations.outer(name))
        for body in reversed(bodies):
            self._take(draft, body)
        draft.declared = frozenset(bodies[0].columns) if bodies else frozenset()
        for body in bodies:
            if "__table_args__" in body.names or "__table__" in body.names:
                draft.constraints += body.constraints
                break
        draft.table = draft.table or self._table(draft, bodies)
        schema = next((body.schema for body in bodies if body.schema), None)
        if draft.table and schema and any(body.table for body in bodies):
            draft.table = f"{schema}.{draft.table}"

    def _take(self, draft: Draft, body: Declared) -> None:
        for name in body.names:
            draft.own_columns.pop(name, None)
            draft.raw.pop(name, None)
            draft.others.pop(name, None)
        draft.own_columns.update(body.columns)
        draft.raw.update(body.relationships)
        draft.others.update(body.others)
        draft.names |= body.names
        draft.versioned |= body.versioned
        draft.concrete |= body.concrete
        draft.validates |= body.validates
        if body.query_class is not None:
            draft.query_classes.insert(0, body.query_class)

    def _table(self, draft: Draft, bodies: list[Declared]) -> str | None:
        for body in bodies:
            if body.table is not None:
                return body.table
            if body.table_rule is not None:
                return _named_after(draft.name, body.table_rule)
        has_key = any(column.primary_key for column in draft.own_columns.values())
        if draft.parents and not (has_key and self._names_tables(draft)):
            return self.drafts[draft.parents[0]].table
        if self.classes.is_sqlmodel(draft.full_name):
            return draft.name.lower()
        if self._names_tables(draft):
            return _CAMEL.sub(r"_\1", draft.name).lower()
        return None

    def _names_tables(self, draft: Draft) -> bool:
        """True below Flask-SQLAlchemy's `db.Model`, which names tables after classes."""
        owner, _, last = draft.root.rpartition(".")
        return last == "Model" and (self.classes.is_flask(owner) or owner.endswith(".db"))

    def _inherit(self, draft: Draft) -> None:
        tables = [draft.table]
        for parent in reversed(draft.parents):
            above = self.drafts[parent]
            tables.append(above.table)
            draft.columns.update(above.own_columns)
        for name in draft.names:
            draft.columns.pop(name, None)
        draft.columns.update(draft.own_columns)
        draft.tables = tuple(dict.fromkeys(table for table in tables if table))
        if draft.table is None:
            draft.tables += (draft.full_name,)

    # -- foreign keys

    def _point(self) -> None:
        """Give foreign keys the name of the column they refer to, and its type where the column
        that has the key declares none."""
        tables: dict[str, Draft] = {}
        for draft in self.drafts.values():
            tables.setdefault(draft.table or draft.full_name, draft)
        for draft in self.drafts.values():
            for constraint in draft.constraints:
                if constraint.kind == "ForeignKeyConstraint":
                    self._constrain(draft, constraint)
        for draft in self.drafts.values():
            for name, column in draft.columns.items():
                if column.foreign_key is not None:
                    column = replace(column, foreign_key=self._referred(column.foreign_key))
                    self._put(draft, name, column)
        for draft in self.drafts.values():
            for name, column in draft.columns.items():
                if column.foreign_key is not None and column.type is None:
                    self._put(draft, name, self._typed(column, tables, 0))

    def _put(self, draft: Draft, name: str, column: Column) -> None:
        draft.columns[name] = column
        if name in draft.own_columns:
            draft.own_columns[name] = column

    def _typed(self, column: Column, tables: Mapping[str, Draft], depth: int) -> Column:
        table, _, key = (column.foreign_key or "").rpartition(".")
        target = tables.get(table)
        found = None if target is None else target.columns.get(_attribute_of(target, key))
        if found is None or depth > 10:
            return column
        if found.type is None and found.foreign_key is not None:
            found = self._typed(found, tables, depth + 1)
        return replace(
            column,
            type=found.type,
            python=found.python,
            length=found.length,
            collation=found.collation,
            timezone=found.timezone,
            decorated=found.decorated,
            enum=found.enum,
        )

    def _constrain(self, draft: Draft, constraint: Constraint) -> None:
        here = strings(constraint.call.argument(0, "columns"))
        there = strings(constraint.call.argument(1, "refcolumns"))
        for name, target in zip(here, there, strict=False):
            attribute = _attribute_of(draft, name)
            if attribute in draft.columns:
                column = replace(draft.columns[attribute], foreign_key=target)
                self._put(draft, attribute, column)

    def _referred(self, foreign_key: str) -> str | None:
        """`table.column` for a key that names a column by an object."""
        if not foreign_key.startswith("="):
            return foreign_key
        owner, _, name = foreign_key[1:].rpartition(".")
        draft = self.drafts.get(owner)
        if draft is not None:
            column = draft.columns.get(name)
            if column is not None and column.column_name is not None:
                name = column.column_name
            return f"{draft.table or owner}.{name}"
        owner = owner.removesuffix(".c").removesuffix(".__table__")
        if owner in self.drafts:
            return f"{self.drafts[owner].table or owner}.{name}"
        value = self.classes.value(owner)
        made = value.value if value is not None else None
        if isinstance(made, Call) and made.func.rpartition(".")[2] == "Table":
            table = text_of(made.argument(0, "name"))
            schema = text_of(made.keyword("schema"))
            return f"{schema}.{table}.{name}" if schema else f"{table}.{name}"
        return None

    # -- models

    def _unique(self, draft: Draft) -> list[frozenset[str]]:
        found: list[frozenset[str]] = []
        for constraint in draft.constraints:
            call = constraint.call
            arguments: tuple[Symbol, ...] = call.arguments
            if constraint.kind == "Index":
                if not is_unique(call):
                    continue
                arguments = arguments[1:]
            elif constraint.kind not in ("UniqueConstraint", "PrimaryKeyConstraint"):
                continue
            names = [_column_of(argument) for argument in arguments]
            if not names or None in names:
                continue
            attributes = [_attribute_of(draft, name) for name in names if name is not None]
            if constraint.kind == "PrimaryKeyConstraint":
                for name in attributes:
                    if name in draft.columns:
                        column = replace(draft.columns[name], primary_key=True, nullable=False)
                        self._put(draft, name, column)
            else:
                found.append(frozenset(attributes))
        found += [frozenset({name}) for name, column in draft.own_columns.items() if column.unique]
        key = frozenset(name for name, column in draft.columns.items() if column.primary_key)
        return [key, *found] if key else found

    def _model(
        self,
        draft: Draft,
        children: tuple[str, ...],
        outer: list[OuterIndex],
        watched: Mapping[str, object],
    ) -> Model:
        unique = self._unique(draft)
        unique += [frozenset(i.names) for i in outer if i.unique and i.owner == draft.full_name]
        relationships, others = {}, {}
        for parent in reversed(draft.parents):
            above = self.drafts[parent]
            unique += self._unique(above)
            relationships.update(above.own_relationships)
            others.update(above.others)
        for name in draft.names:
            relationships.pop(name, None)
            others.pop(name, None)
        relationships.update(draft.own_relationships)
        others.update(draft.others)
        if any(self.drafts[name].concrete for name in children):
            unique = []  # their rows are in other tables, and may have the same keys
        line = [draft, *(self.drafts[parent] for parent in draft.parents)]
        queries = [name for part in line for name in part.query_classes]
        queries += self._queries(draft.root)
        columns = draft.columns
        if self._reads_in_its_own_way(draft):
            columns = {n: replace(c, python=None, decorated=True) for n, c in columns.items()}
        return Model(
            full_name=draft.full_name,
            name=draft.name,
            place=draft.place,
            table=draft.table,
            columns=columns,
            relationships=relationships,
            others={name: other for name, other in others.items() if name not in relationships},
            unique=tuple(dict.fromkeys(unique)),
            parents=draft.parents,
            children=children,
            complete=self.classes.is_complete(draft.full_name),
            events=any(part.validates for part in line)
            or "*" in watched
            or any(name in watched for name in draft.order if name),
            versioned=any(part.versioned for part in line),
            query_class=next(iter(queries), None),
            custom_query=not all(only_adds(self.classes, name, LEAVES) for name in queries),
            indexes=tuple(
                names
                for part in (draft, *(self.drafts[parent] for parent in draft.parents))
                for names in indexes(part, outer if part is draft else ())
            ),
            key_order=_key_order(draft),
        )

    def _reads_in_its_own_way(self, draft: Draft) -> bool:
        """True if the rows themselves say what an attribute of theirs is."""
        classes = (self.classes.all.get(name) for name in draft.order if name)
        return any(item is not None and "__getattribute__" in item.methods for item in classes)

    def _queries(self, root: str) -> list[str]:
        """The class that Flask-SQLAlchemy is told to use instead of its own for queries."""
        value = self.classes.value(root.rpartition(".")[0])
        home = self.classes.linker.home(root.rpartition(".")[0])
        made = value.value if value is not None else None
        given = made.keyword("query_class") if isinstance(made, Call) else None
        if given is None or home is None:
            return []
        return [query_class(self.classes, home[0], given)]


def _named_after(name: str, rule: Symbol) -> str | None:
    """What `cls.__name__.lower()` is for a class."""
    if isinstance(rule, Name) and rule.dotted == "cls.__name__":
        return name
    if isinstance(rule, Call) and rule.func == "cls.__name__.lower" and not rule.arguments:
        return name.lower()
    return None


def _key_order(draft: Draft) -> tuple[str, ...]:
    """The primary key in the order of its columns, where the class itself declares all of it."""
    keys = [name for name, column in draft.columns.items() if column.primary_key]
    ordered = any(constraint.kind == "PrimaryKeyConstraint" for constraint in draft.constraints)
    if ordered or "__mapper_args__" in draft.names or not draft.declared.issuperset(keys):
        return ()
    return tuple(sorted(keys, key=lambda name: draft.columns[name].place.span.start))


def _column_of(argument: Symbol) -> str | None:
    if isinstance(argument, Name):
        return argument.dotted.rpartition(".")[2]
    return text_of(argument)


def _attribute_of(draft: Draft, name: str) -> str:
    """The attribute of a column that is given by its name in the table, or by the attribute's."""
    for attribute, column in draft.columns.items():
        if column.column_name == name:
            return attribute
    return name
