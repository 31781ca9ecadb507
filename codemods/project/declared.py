"""What one class body declares, before it is known which mapped class it ends up in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from codemods.facts.symbols import (
    Call,
    Constant,
    Lambda,
    Name,
    Pairs,
    Symbol,
    annotation,
    text_of,
    walk,
)
from codemods.facts.values import ClassFacts, FunctionFacts, ModuleFacts, ValueFacts
from codemods.project.classes import Classes, package_of
from codemods.project.columns import Columns
from codemods.project.hints import Hint
from codemods.project.model import Attribute, Column, OtherKind, is_special
from codemods.project.query_classes import query_class
from codemods.project.types import UNKNOWN
from codemods.source import Place

_RELATIONSHIPS = frozenset({"relationship", "relation", "dynamic_loader", "Relationship"})
_COLUMN_CALLS = frozenset({"Column", "mapped_column", "MappedColumn"})
_EXPRESSIONS = frozenset({"column_property", "query_expression"})
_METHODS: dict[str, OtherKind] = {
    "property": "property",
    "cached_property": "property",
    "memoized_property": "property",
    "reify": "property",
    "classmethod": "classmethod",
    "staticmethod": "staticmethod",
    "hybrid_property": "hybrid",
    "hybrid_method": "hybrid-method",
    "validates": "validator",
}
_CONSTRAINTS = frozenset(
    {"UniqueConstraint", "Index", "PrimaryKeyConstraint", "ForeignKeyConstraint"}
)


@dataclass(frozen=True, slots=True)
class RawRelationship:
    """A `relationship(...)` as it is written, to be linked when all models are known."""

    name: str
    place: Place
    facts: ModuleFacts
    call: Call
    hint: Hint
    dynamic: bool = False


@dataclass(frozen=True, slots=True)
class Constraint:
    """A table constraint: its kind, the module it is written in and its call."""

    kind: str
    facts: ModuleFacts
    call: Call


@dataclass(slots=True)
class Declared:
    """The mapped attributes of one class body. `names` is everything that the body binds, so
    that an override hides what it overrides."""

    columns: dict[str, Column] = field(default_factory=dict)
    relationships: dict[str, RawRelationship] = field(default_factory=dict)
    others: dict[str, Attribute] = field(default_factory=dict)
    constraints: list[Constraint] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    table: str | None = None
    table_rule: Symbol | None = None
    schema: str | None = None
    versioned: bool = False
    concrete: bool = False
    validates: bool = False
    query_class: str | None = None


class Declarations:
    """Reads class bodies. `read` is memoised by class and by whether SQLModel's rules hold."""

    def __init__(self, classes: Classes, columns: Columns) -> None:
        self.classes = classes
        self.columns = columns
        self._read: dict[tuple[str, bool, str], Declared] = {}

    def read(self, item: ClassFacts, sqlmodel: bool, root: str) -> Declared:
        """What the class declares in a mapped class below the declarative base `root`."""
        key = (item.full_name, sqlmodel, root)
        found = self._read.get(key)
        if found is None:
            found = self._read[key] = self._class(item, sqlmodel, root)
        return found

    def _class(self, item: ClassFacts, sqlmodel: bool, root: str) -> Declared:
        facts = self.classes.module_of[item.full_name]
        known = Declared()
        for method in item.methods.values():
            self._method(known, facts, method)
        for value in item.attributes.values():
            self._attribute(known, facts, value, value.name, sqlmodel, root)
        for home, value in self.classes.linker.assigned(item.full_name):
            name = value.name.rpartition(".")[2]
            self._attribute(known, home, value, name, False, root)
        return known

    def outer(self, full_name: str) -> Declared:
        """What is assigned to a declarative base that is a value: `Base.query = …`."""
        known = Declared()
        for home, value in self.classes.linker.assigned(full_name):
            self._attribute(known, home, value, value.name.rpartition(".")[2], False, "")
        return known

    def assign(
        self, known: Declared, facts: ModuleFacts, name: str, place: Place, value: Symbol
    ) -> None:
        """Take in one attribute as if the class body assigned it."""
        self._attribute(known, facts, ValueFacts(name, "", place, value), name, False, "")

    # -- attributes

    def _attribute(
        self,
        known: Declared,
        facts: ModuleFacts,
        value: ValueFacts,
        name: str,
        sqlmodel: bool,
        root: str,
    ) -> None:
        known.names.add(name)
        if name.startswith("__"):
            self._special(known, facts, name, value.value)
            return
        hint = self.columns.hint(facts, value.annotation)
        given = _inner(value.value)
        if isinstance(given, Call):
            facts, given = self.columns.unwrap(facts, given)
            if self._call(known, facts, name, value, given, hint, root):
                return
            if sqlmodel and self._sqlmodel(known, facts, name, value, given, hint):
                return
        elif value.annotation is not None:
            if hint.wrapper in ("DynamicMapped", "WriteOnlyMapped"):
                known.relationships[name] = RawRelationship(
                    name, value.place, facts, Call(Name("relationship")), hint
                )
                return
            if hint.wrapper == "Mapped" and (value.value is None or hint.extras):
                self._hinted(known, facts, name, value, None, hint, root)
                return
            if sqlmodel and hint.wrapper == "" and not name.startswith("_"):
                self._sqlmodel(known, facts, name, value, None, hint)
                return
        queries = value.value if name == "query_class" else _own_query(name, given)
        if queries is not None:
            outside = "." in value.name
            inside = "" if outside else value.full_name.removeprefix(f"{facts.module}.")
            known.query_class = query_class(self.classes, facts, queries, inside)
        kind: OtherKind = "constant" if isinstance(given, Constant) else "unknown"
        known.others[name] = Attribute(name, kind, value.place)

    def _call(
        self,
        known: Declared,
        facts: ModuleFacts,
        name: str,
        value: ValueFacts,
        call: Call,
        hint: Hint,
        root: str,
    ) -> bool:
        """Take in a call of SQLAlchemy's; False if it is none that maps an attribute."""
        kind = self.columns.call_kind(facts, call)
        if kind in _COLUMN_CALLS:
            self._hinted(known, facts, name, value, call, hint, root)
        elif kind == "deferred" or kind in _EXPRESSIONS:
            self._property(known, facts, name, value, call, kind, hint, root)
        elif kind in _RELATIONSHIPS:
            known.relationships[name] = RawRelationship(
                name, value.place, facts, call, hint, kind == "dynamic_loader"
            )
        elif kind == "association_proxy" or call.func.rpartition(".")[2] == "association_proxy":
            given = call.argument(0, "target_collection"), call.argument(1, "attr")
            parts = [text_of(each) for each in given]
            detail = ".".join(part for part in parts if part) if all(parts) else None
            known.others[name] = Attribute(name, "association-proxy", value.place, detail=detail)
        elif kind == "hybrid_property":
            known.others[name] = Attribute(name, "hybrid", value.place)
        elif kind in ("synonym", "composite"):
            known.others[name] = Attribute(name, "unknown", value.place)
        else:
            return False
        return True

    def _hinted(
        self,
        known: Declared,
        facts: ModuleFacts,
        name: str,
        value: ValueFacts,
        call: Call | None,
        hint: Hint,
        root: str,
        within: bool = False,
    ) -> None:
        mapped = hint if hint.wrapper == "Mapped" else None
        type_map, home = self._type_map(root)
        known.columns[name] = self.columns.read(
            facts,
            name,
            value.place,
            call,
            mapped,
            self.columns.hinted_type(hint, type_map, home) if mapped else UNKNOWN,
            value.annotation_text,
            within,
        )

    def _property(
        self,
        known: Declared,
        facts: ModuleFacts,
        name: str,
        value: ValueFacts,
        call: Call,
        kind: str,
        hint: Hint,
        root: str,
    ) -> None:
        """`deferred(Column(…))`, `column_property(…)` of a column or of an expression."""
        inner = call.arguments[0] if call.arguments else None
        if isinstance(inner, Call) and self.columns.is_column(facts, inner):
            self._hinted(known, facts, name, value, inner, hint, root, within=True)
            column = known.columns[name]
        else:
            made = not (isinstance(inner, Name) and ".c." in inner.dotted)
            column = Column(name, value.place, annotation=value.annotation_text, expression=made)
        if call.keyword("comparator_factory") is not None:
            column = replace(column, python=None, decorated=True)
        deferred = kind == "deferred" or call.keyword("deferred") not in (None, Constant(False))
        known.columns[name] = replace(column, deferred=column.deferred or deferred)

    def _sqlmodel(
        self,
        known: Declared,
        facts: ModuleFacts,
        name: str,
        value: ValueFacts,
        call: Call | None,
        hint: Hint,
    ) -> bool:
        if value.annotation is None or hint.wrapper == "ClassVar":
            return False
        if call is not None and self.columns.call_kind(facts, call) != "Field":
            return False
        known.columns[name] = self.columns.sqlmodel_field(
            facts, name, value.place, call, hint, value.annotation_text or ""
        )
        return True

    def _type_map(self, root: str) -> tuple[Pairs | None, ModuleFacts | None]:
        found = self.classes.attribute(root, "type_annotation_map") if root else None
        if found is not None and isinstance(found[1].value, Pairs):
            return found[1].value, self.classes.module_of[found[0]]
        return None, None

    # -- methods

    def _method(self, known: Declared, facts: ModuleFacts, method: FunctionFacts) -> None:
        name = method.name
        known.names.add(name)
        kinds = [self._decorator(facts, decorator) for decorator in method.decorators]
        if any("declared_attr" in kind for kind in kinds):
            self._declared_attr(known, facts, method)
            return
        kind: OtherKind = "method"
        for short in kinds:
            last = short.rpartition(".")[2]
            if last in _METHODS:
                kind = _METHODS[last]
            elif short and kind == "method" and last not in ("override", "final", "abstractmethod"):
                kind = "property" if last.endswith("property") else "unknown"
        if is_special(name):
            return
        known.validates = known.validates or kind == "validator"
        known.others[name] = Attribute(name, kind, method.place, function=method.full_name)

    def _decorator(self, facts: ModuleFacts, dotted: str) -> str:
        full = self.classes.meaning(facts, dotted) if dotted else None
        if full is not None and package_of(full) in ("sqlalchemy", "builtins", "functools"):
            return full
        return dotted

    def _declared_attr(self, known: Declared, facts: ModuleFacts, method: FunctionFacts) -> None:
        name = method.name
        given = _inner(method.returned)
        if name == "__tablename__":
            known.table_rule = given
            known.table = text_of(given)
        elif name.startswith("__"):
            self._special(known, facts, name, given)
        else:
            returns = annotation(method.returns) if method.returns is not None else None
            value = ValueFacts(name, method.full_name, method.place, given, returns, method.returns)
            hint = self.columns.hint(facts, returns)
            if isinstance(given, Call):
                facts, call = self.columns.unwrap(facts, given)
                if self._call(known, facts, name, value, call, hint, ""):
                    return
            known.others[name] = Attribute(name, "unknown", method.place, method.full_name)

    # -- names between underscores

    def _special(
        self, known: Declared, facts: ModuleFacts, name: str, value: Symbol | None
    ) -> None:
        if name == "__tablename__":
            known.table = text_of(value)
            known.table_rule = value
        elif name == "__table__":
            self._imperative(known, facts, value)
        elif name == "__table_args__" and value is not None:
            self._table_arguments(known, facts, value)
        elif name == "__mapper_args__" and value is not None:
            known.versioned = _is_given(value, "version_id_col")
            known.concrete = _is_given(value, "concrete")

    def _table_arguments(self, known: Declared, facts: ModuleFacts, value: Symbol) -> None:
        for part in walk(value):
            if isinstance(part, Pairs):
                known.schema = text_of(part.get("schema")) or known.schema
            elif isinstance(part, Call):
                kind = self.columns.call_kind(facts, part)
                if kind in _CONSTRAINTS:
                    known.constraints.append(Constraint(kind, facts, part))

    def _imperative(self, known: Declared, facts: ModuleFacts, value: Symbol | None) -> None:
        """`__table__ = Table(...)`, here or in a value that is named."""
        place = next(iter(facts.classes.values())).name_place
        if isinstance(value, Name):
            full = self.classes.resolve(facts, value.dotted)
            home = None if full is None else self.classes.linker.home(full)
            found = None if home is None else home[0].values.get(home[1])
            if home is None or found is None:
                return
            facts, value, place = home[0], found.value, found.place
        if isinstance(value, Call) and self.columns.call_kind(facts, value) == "Table":
            self.table(known, facts, value, place)

    def table(self, known: Declared, facts: ModuleFacts, call: Call, place: Place) -> None:
        """The columns and constraints of a `Table(...)`."""
        name, schema = text_of(call.argument(0, "name")), text_of(call.keyword("schema"))
        known.table = f"{schema}.{name}" if name and schema else name
        for argument in call.arguments[1:]:
            if not isinstance(argument, Call):
                continue
            home, argument = self.columns.unwrap(facts, argument)
            kind = self.columns.call_kind(home, argument)
            if kind in _COLUMN_CALLS:
                column = self.columns.read(home, "", place, argument, None)
                name = text_of(argument.keyword("key")) or column.column_name
                if name:
                    known.columns[name] = replace(column, name=name)
                    known.names.add(name)
            elif kind in _CONSTRAINTS:
                known.constraints.append(Constraint(kind, facts, argument))


def _inner(value: Symbol | None) -> Symbol | None:
    """What a dataclass's `field(metadata={"sa": …})` carries; anything else as it is."""
    if isinstance(value, Call) and value.func.rpartition(".")[2] == "field":
        metadata = value.keyword("metadata")
        if isinstance(metadata, Pairs):
            carried = metadata.get("sa")
            return carried.body if isinstance(carried, Lambda) else carried
    return value


def _is_given(value: Symbol, name: str) -> bool:
    """True if the arguments of a mapper have this one."""
    parts = list(walk(value))
    return name in {text_of(part) for part in parts if isinstance(part, Constant)} or any(
        isinstance(part, Call) and part.keyword(name) is not None for part in parts
    )


def _own_query(name: str, value: Symbol | None) -> Symbol | None:
    """The class in `query = Session.query_property(OwnQuery)`."""
    if name != "query" or not isinstance(value, Call) or not value.func.endswith("query_property"):
        return None
    given = value.argument(0, "query_cls")
    return given or Constant(None) if value.open else given
