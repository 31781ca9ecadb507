"""Columns as they are declared: `Column(…)`, `mapped_column(…)`, `Mapped[int]`, `Field(…)`."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from codemods.facts.symbols import (
    Call,
    Constant,
    Items,
    Lambda,
    Member,
    Name,
    Other,
    Pairs,
    Subscript,
    Symbol,
    text_of,
    truth_of,
)
from codemods.facts.values import ModuleFacts
from codemods.project.classes import Classes, package_of, short_name
from codemods.project.given import Given
from codemods.project.hints import Hint, Hints
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

_LONGEST_CHAIN = 5
_COLUMNS = frozenset({"Column", "mapped_column", "MappedColumn"})


class Columns:
    """Reads column declarations; `settings` decides what differs between versions."""

    def __init__(self, classes: Classes, settings: Settings) -> None:
        self.classes = classes
        self.settings = settings
        self.hint = Hints(classes).read

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

    def unwrap(self, facts: ModuleFacts, call: Call) -> tuple[ModuleFacts, Call]:
        """The call that a project's own `partial(Column, nullable=False)`, or a function of its
        own that returns a column, stands for, and the module whose names it uses."""
        for _ in range(_LONGEST_CHAIN):
            home, inner = self._unwrap(facts, call)
            if inner is call:
                break
            facts, call = home, inner
        return facts, call

    def _unwrap(self, facts: ModuleFacts, call: Call) -> tuple[ModuleFacts, Call]:
        full = self.classes.linker.resolve_local(facts, call.func) if call.func else None
        home = None if full is None else self.classes.linker.home(full)
        if home is None:
            return facts, call
        function = home[0].functions.get(home[1])
        if home[1] in home[0].values:
            # what a later assignment puts in its place
            function = None
        if function is not None and isinstance(function.returned, Call):
            made = Given(function.parameters, call, partial(self._abroad, facts))
            return home[0], made.call(function.returned)
        value = home[0].values.get(home[1])
        bound = value.value if value is not None else None
        if not isinstance(bound, Call) or bound.func.rpartition(".")[2] != "partial":
            return facts, call
        inner, *given = bound.arguments or (None,)
        if not isinstance(inner, Name):
            return facts, call
        stands_for = self.classes.meaning(home[0], inner.dotted)
        if stands_for is None or short_name(stands_for) not in _COLUMNS:
            return facts, call
        keys = {key for key, _ in call.keywords}
        # `**options` may give anything else in place of what is bound
        kept = tuple(pair for pair in bound.keywords if pair[0] not in keys and None not in keys)
        written = (*(part for part in given if part is not None), *call.arguments)
        return facts, Call(Name(stands_for), written, kept + call.keywords)

    def _abroad(self, facts: ModuleFacts, dotted: str) -> Symbol:
        """A name of a module's, as another module may write it."""
        full = self.classes.meaning(facts, dotted)
        return Other("Parameter") if full is None else Name(full)

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
        within: bool = False,
    ) -> Column:
        """The column of an attribute. A ForeignKey that names a column by an object is kept as
        `=full.name.of.it`.

        Args:
            hint: the annotation, which says nothing of NULL for a `Column(…)`.
            within: True where the call is an argument of another, as of `deferred()`, which does
                not look at the annotation, either.
        """
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
            heeded = not within and not any(
                part.open or self.call_kind(home, part) == "Column" for home, part in parts
            )
            wrapped = hint is not None and bool(hint.wrapper) and heeded
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
                index=_said(call.keyword("index"), column.index),
                onupdate=column.onupdate or bool(keys & {"onupdate", "server_onupdate"}),
                default=column.default
                or bool(keys & {"default", "default_factory", "insert_default", None}),
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
        kept = ("primary_key", "unique", "nullable", "default", "default_factory", "index")
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


def _said(given: Symbol | None, before: bool | None) -> bool | None:
    """What `index=…` says, anything but a literal taken for a yes."""
    return before if given is None else truth_of(given, True) is not False


def strings(value: Symbol | None) -> tuple[str, ...]:
    """The literal strings of a list or tuple."""
    if not isinstance(value, Items):
        return ()
    return tuple(text for item in value.elements if (text := text_of(item)) is not None)
