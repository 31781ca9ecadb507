"""Columns as they are declared: `Column(…)`, `mapped_column(…)`, `Mapped[int]`, `Field(…)`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from codemods.facts.symbols import (
    Binary,
    Call,
    Constant,
    Items,
    Lambda,
    Member,
    Name,
    Pairs,
    Subscript,
    Symbol,
    annotation,
    text_of,
    truth_of,
)
from codemods.facts.values import ModuleFacts
from codemods.project.classes import Classes, package_of, short_name
from codemods.project.model import Column
from codemods.project.types import (
    UNKNOWN,
    ColumnType,
    is_type_base,
    of_annotation,
    of_builtin,
    peeled,
)
from codemods.settings import Settings
from codemods.source import Place

COLLECTIONS = frozenset(
    [
        "list",
        "set",
        "List",
        "Set",
        "Sequence",
        "Collection",
        "Iterable",
        "MutableSequence",
        "MutableSet",
        "FrozenSet",
        "tuple",
        "dict",
        "Dict",
        "Mapping",
        "MutableMapping",
        "KeyFuncDict",
        "AbstractSet",
    ]
)
_WRAPPERS = frozenset({"Mapped", "WriteOnlyMapped", "DynamicMapped", "ClassVar", "Final"})
_COLUMNS = frozenset({"Column", "mapped_column", "MappedColumn"})


@dataclass(frozen=True, slots=True)
class Hint:
    """What an annotation says: the names inside of it, without Optional, Mapped and quotes.

    `wrapper` is `Mapped`, `WriteOnlyMapped`, `DynamicMapped` or empty; `name` what stands
    inside, as it is written; `collection` the container around it; `extras` what
    an `Annotated` has besides the type; `facts` the module
    that the names belong to; `aliases` the full names of the aliases on the way.
    """

    facts: ModuleFacts
    wrapper: str = ""
    name: str | None = None
    optional: bool = False
    collection: str | None = None
    extras: tuple[Symbol, ...] = ()
    aliases: tuple[str, ...] = ()


class Columns:
    """Reads column declarations; `settings` decides what differs between versions."""

    def __init__(self, classes: Classes, settings: Settings) -> None:
        self.classes = classes
        self.settings = settings

    # -- annotations

    def hint(self, facts: ModuleFacts, written: Symbol | None) -> Hint:
        return self._hint(Hint(facts), written, 0)

    def _hint(self, known: Hint, written: Symbol | None, depth: int) -> Hint:
        if written is None or depth > 20:
            return known
        if isinstance(written, Constant):
            if isinstance(written.value, str):
                return self._hint(known, annotation(written.value), depth + 1)
            return replace(known, optional=True) if written.value is None else known
        if isinstance(written, Binary) and written.operator == "BitOr":
            return self._union(known, (written.left, written.right), depth)
        if isinstance(written, Name):
            return self._named(known, written, depth)
        if isinstance(written, Subscript) and isinstance(written.value, Name):
            return self._subscript(known, written, written.value.dotted, depth)
        return known

    def _union(self, known: Hint, parts: tuple[Symbol, ...], depth: int) -> Hint:
        optional = known.optional
        inner = []
        for part in parts:
            if part == Constant(None):
                optional = True
                continue
            found = self._hint(replace(known, optional=False), part, depth + 1)
            optional = optional or found.optional
            if found.name is not None or found.collection is not None:
                inner.append(found)
        if len(inner) == 1:
            return replace(inner[0], optional=optional)
        return replace(known, optional=optional)

    def _named(self, known: Hint, written: Name, depth: int) -> Hint:
        """A name that is an alias of another annotation stands for that."""
        full = self.classes.linker.resolve_local(known.facts, written.dotted)
        home = None if full is None else self.classes.linker.home(full)
        value = None if home is None else home[0].values.get(home[1])
        if full is not None and home is not None and value is not None and value.value is not None:
            alias = value.value
            known = replace(known, aliases=(*known.aliases, full))
            if isinstance(alias, Call) and alias.func.endswith("NewType"):
                alias = alias.arguments[1] if len(alias.arguments) == 2 else alias
            if isinstance(alias, Subscript | Binary | Name):
                inner = self._hint(replace(known, facts=home[0]), alias, depth + 1)
                return inner if inner.name is not None else replace(known, name=written.dotted)
        return replace(known, name=written.dotted)

    def _subscript(self, known: Hint, written: Subscript, dotted: str, depth: int) -> Hint:
        if not written.arguments:
            return known
        last = dotted.rpartition(".")[2]
        full = self.classes.linker.resolve_local(known.facts, dotted)
        if full is not None and package_of(full) in ("sqlalchemy", "typing", "collections"):
            last = full.rpartition(".")[2]
        first = written.arguments[0]
        if last in _WRAPPERS:
            return self._hint(replace(known, wrapper=last), first, depth + 1)
        if last == "Optional":
            return self._hint(replace(known, optional=True), first, depth + 1)
        if last == "Union":
            return self._union(known, written.arguments, depth)
        if last == "Annotated":
            extras = (*known.extras, *written.arguments[1:])
            return self._hint(replace(known, extras=extras), first, depth + 1)
        if last in COLLECTIONS:
            item = written.arguments[-1] if "ict" in last or "Map" in last else first
            return self._hint(replace(known, collection=last), item, depth + 1)
        return replace(known, name=None)

    # -- types

    def type(self, facts: ModuleFacts, written: Symbol | None) -> ColumnType:
        if isinstance(written, Lambda) or written is None:
            return UNKNOWN
        dotted, call = peeled(written)
        full = self.classes.meaning(facts, dotted) if dotted else None
        if full is None:
            return UNKNOWN
        value = self.classes.value(full)
        if value is not None and isinstance(value.value, Call):
            home = self.classes.linker.home(full)
            return self.type(home[0], value.value) if home is not None else UNKNOWN
        if full in self.classes.all:
            order = self.classes.order(full)
            if any(is_type_base(base) for base in order):
                return ColumnType(full, decorated=True)
            for base in order[1:]:
                if package_of(base) in ("sqlalchemy", "sqlalchemy_utils"):
                    return ColumnType(full, decorated=True)
            return ColumnType(full)
        if short_name(full) in ("Enum", "ENUM"):
            return self._enum(facts, call)
        return of_builtin(full, call, self.settings)

    def _enum(self, facts: ModuleFacts, call: Call) -> ColumnType:
        first = call.arguments[0] if call.arguments else None
        if isinstance(first, Name):
            full = self.classes.linker.resolve_local(facts, first.dotted)
            kind = "enum" if full is not None and self.classes.is_enum(full) else None
            return ColumnType("sqlalchemy.Enum", kind, enum=full)
        kind = "str" if text_of(first) is not None else None
        return ColumnType("sqlalchemy.Enum", kind)

    def hinted_type(
        self, hint: Hint, type_map: Pairs | None, home: ModuleFacts | None
    ) -> ColumnType:
        """The type of an annotation without a type argument."""
        if hint.name is None or hint.collection is not None:
            return UNKNOWN
        full = self.classes.linker.resolve_local(hint.facts, hint.name)
        if full is None:
            return UNKNOWN
        if type_map is not None and home is not None:
            for key, value in type_map.pairs:
                if isinstance(key, Name) and (
                    self.classes.linker.resolve_local(home, key.dotted) in (full, *hint.aliases)
                ):
                    return self.type(home, value)
                if isinstance(key, Subscript) and hint.extras and key.arguments[1:] == hint.extras:
                    return self.type(home, value)
        if self.classes.is_enum(full):
            return ColumnType("sqlalchemy.Enum", "enum", enum=full)
        return of_annotation(full)

    # -- declarations

    def call_kind(self, facts: ModuleFacts, call: Call) -> str:
        """`Column`, `relationship`, `association_proxy` … for a call, whatever it is imported
        as; `Field` and `Relationship` only of SQLModel."""
        if not call.func:
            return ""
        full = self.classes.meaning(facts, call.func)
        return short_name(full) if full is not None else ""

    def unwrap(self, facts: ModuleFacts, call: Call) -> Call:
        """The call that a project's own `partial(Column, nullable=False)` stands for."""
        full = self.classes.linker.resolve_local(facts, call.func) if call.func else None
        home = None if full is None else self.classes.linker.home(full)
        value = None if home is None else home[0].values.get(home[1])
        if value is None or not isinstance(value.value, Call):
            return call
        made = value.value
        if made.func.rpartition(".")[2] != "partial" or not made.arguments:
            return call
        inner, *given = made.arguments
        if not isinstance(inner, Name) or home is None:
            return call
        if short_name(self.classes.meaning(home[0], inner.dotted)) not in _COLUMNS:
            return call
        names = {key for key, _ in call.keywords}
        kept = tuple(pair for pair in made.keywords if pair[0] not in names)
        return Call(Name("sqlalchemy.Column"), (*given, *call.arguments), kept + call.keywords)

    def is_column(self, facts: ModuleFacts, value: Symbol | None) -> bool:
        return isinstance(value, Call) and self.call_kind(facts, value) in _COLUMNS

    def read(
        self,
        facts: ModuleFacts,
        name: str,
        place: Place,
        call: Call | None,
        hint: Hint | None,
        hinted: ColumnType = UNKNOWN,
        text: str | None = None,
    ) -> Column:
        """The column of an attribute. A ForeignKey that names a column by an object is kept as
        `=full.name.of.it`."""
        column = Column(name, place, annotation=text)
        parts: list[tuple[ModuleFacts, Call]] = []
        if hint is not None:
            parts += [
                (hint.facts, extra)
                for extra in hint.extras
                if isinstance(extra, Call) and self.call_kind(hint.facts, extra) in _COLUMNS
            ]
        if call is not None:
            parts.append((facts, call))
        declared_null: bool | None = None
        type_ = UNKNOWN
        for home, part in parts:
            column, found = self._apply(column, home, part)
            type_ = found if found is not UNKNOWN else type_
            if part.keyword("nullable") is not None:
                declared_null = truth_of(part.keyword("nullable"), True) is not False
        if type_ is UNKNOWN:
            type_ = hinted
        if declared_null is None:
            wrapped = hint is not None and bool(hint.wrapper)
            declared_null = hint.optional if wrapped and hint is not None else True
            declared_null = declared_null and not column.primary_key
        return replace(
            column,
            nullable=declared_null,
            type=type_.type,
            python=type_.python,
            length=type_.length,
            collation=type_.collation,
            timezone=type_.timezone,
            decorated=type_.decorated,
            enum=type_.enum,
        )

    def _apply(self, column: Column, facts: ModuleFacts, call: Call) -> tuple[Column, ColumnType]:
        arguments = list(call.arguments)
        column_name = text_of(call.keyword("name")) or column.column_name
        if arguments and text_of(arguments[0]) is not None:
            column_name = text_of(arguments.pop(0))
        type_ = UNKNOWN
        foreign_key = column.foreign_key
        given = call.keyword("type_")
        for argument in arguments if given is None else [given, *arguments]:
            kind = self.call_kind(facts, argument) if isinstance(argument, Call) else ""
            if kind == "ForeignKey" and isinstance(argument, Call):
                foreign_key = self.foreign_key(facts, argument)
            elif kind in ("Identity", "Sequence", "Computed", "CheckConstraint", "FetchedValue"):
                continue
            elif type_ is UNKNOWN and isinstance(argument, Call | Name | Member):
                type_ = self.type(facts, argument)
        keys = {key for key, given in call.keywords if given != Constant(None)}
        return (
            replace(
                column,
                column_name=column_name,
                foreign_key=foreign_key,
                unique=truth_of(call.keyword("unique"), column.unique) is True,
                primary_key=truth_of(call.keyword("primary_key"), column.primary_key) is True,
                server_default=column.server_default or "server_default" in keys,
                onupdate=column.onupdate or bool(keys & {"onupdate", "server_onupdate"}),
                default=column.default
                or bool(keys & {"default", "default_factory", "insert_default"}),
                deferred=truth_of(call.keyword("deferred"), column.deferred) is not False,
            ),
            type_,
        )

    def foreign_key(self, facts: ModuleFacts, call: Call) -> str | None:
        target = call.argument(0, "column")
        if isinstance(target, Name):
            full = self.classes.linker.resolve_local(facts, target.dotted)
            return f"={full}" if full is not None else f"={target.dotted}"
        return text_of(target)

    def sqlmodel_field(
        self, facts: ModuleFacts, name: str, place: Place, call: Call | None, hint: Hint, text: str
    ) -> Column:
        """The column of an annotated attribute of an SQLModel class."""
        options = call if call is not None else Call(Name("Field"))
        given = options.keyword("sa_column")
        if isinstance(given, Call):
            return self.read(facts, name, place, given, None, text=text)
        hinted = self.type(facts, options.argument(99, "sa_type"))
        if hinted is UNKNOWN:
            hinted = self.hinted_type(hint, None, None)
        extra = options.keyword("sa_column_kwargs")
        pairs = extra.pairs if isinstance(extra, Pairs) else ()
        keywords = tuple((text_of(key), value) for key, value in pairs if key is not None)
        kept = ("primary_key", "unique", "nullable", "default", "default_factory")
        keywords += tuple(pair for pair in options.keywords if pair[0] in kept)
        column = self.read(
            facts, name, place, Call(Name("Column"), (), keywords), None, hinted, text
        )
        size = options.keyword("max_length")
        default = column.default or bool(
            options.arguments and options.arguments[0] != Constant(...)
        )
        return replace(
            column,
            foreign_key=text_of(options.keyword("foreign_key")),
            nullable=(
                column.nullable
                if "nullable" in dict(keywords)
                else hint.optional and not column.primary_key
            ),
            length=(
                size.value if isinstance(size, Constant) and isinstance(size.value, int) else None
            ),
            default=default,
        )


def strings(value: Symbol | None) -> tuple[str, ...]:
    """The literal strings of a list or tuple."""
    if not isinstance(value, Items):
        return ()
    return tuple(text for item in value.elements if (text := text_of(item)) is not None)
