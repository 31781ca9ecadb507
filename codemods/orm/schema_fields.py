"""The fields of a marshmallow schema: declared, inherited, generated, and cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from codemods.facts.symbols import Call, Constant, Lambda, Name, Pairs, Symbol, text_of
from codemods.facts.values import ClassFacts, FunctionFacts, ModuleFacts
from codemods.orm.declarations import Declarations, truth
from codemods.source import Place

if TYPE_CHECKING:
    from codemods.project.model import Model, Relationship

_PACKAGES = frozenset(
    {"marshmallow", "marshmallow_sqlalchemy", "flask_marshmallow", "webargs", "apiflask"}
)
_AUTO = "SQLAlchemyAutoSchema"
_SCHEMAS = frozenset({"Schema", "SQLAlchemySchema", _AUTO})
# What a schema may override without a reader knowing what it reads then.
_DECIDES = frozenset({
    "get_attribute", "dump", "_serialize", "_init_fields", "_invoke_dump_processors",
})  # fmt: skip
_MAY_CUT = {
    "__init__": re.compile(r"\b(only|exclude|many|load_only|\w*fields)\b"),
    "on_bind_field": re.compile(r"\b(only|exclude|load_only|attribute|\w*fields)\b"),
}
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Cut:
    """What an instance of a schema leaves out. Names may be dotted: `author.city`.

    `unsure` where a part of it is computed, so that any field may be missing.
    """

    only: frozenset[str] | None = None
    exclude: frozenset[str] = NOTHING
    load_only: frozenset[str] = NOTHING
    unsure: bool = False

    def keeps(self, name: str) -> bool:
        if name in self.exclude or name in self.load_only:
            return False
        return self.only is None or name in {item.partition(".")[0] for item in self.only}

    def below(self, name: str) -> Cut:
        """What it says of the schema that is nested in a field."""
        only = _inside(self.only or NOTHING, name)
        return Cut(
            only or None, _inside(self.exclude, name), _inside(self.load_only, name), self.unsure
        )

    def and_(self, other: Cut) -> Cut:
        only = self.only if other.only is None else other.only
        if self.only is not None and other.only is not None:
            only = self.only & other.only
        return Cut(
            only,
            self.exclude | other.exclude,
            self.load_only | other.load_only,
            self.unsure or other.unsure,
        )


def _inside(names: frozenset[str], outer: str) -> frozenset[str]:
    prefix = f"{outer}."
    return frozenset(name[len(prefix) :] for name in names if name.startswith(prefix))


@dataclass(frozen=True, slots=True, eq=False)
class SchemaField:
    """A field: what makes it, or the relationship that it was generated for."""

    name: str
    place: Place
    facts: ModuleFacts
    inside: str
    call: Call | None = None
    related: Relationship | None = None


@dataclass(frozen=True, slots=True)
class Schema:
    """An instance of a schema's class, or of one that is made from a dict of fields.

    `many` is None where it is computed.
    """

    full_name: str
    cut: Cut = field(default_factory=Cut)
    many: bool | None = False
    inline: tuple[SchemaField, ...] | None = None


@dataclass(frozen=True, slots=True)
class Hook:
    """A method that runs before or after a dump."""

    method: FunctionFacts
    kind: str
    collection: bool
    original: bool


class SchemaFields:
    """What the classes of a project say about the fields of schemas."""

    def __init__(self, known: Declarations) -> None:
        self.known = known
        self._kinds: dict[str, str] = {}

    # -- kinds

    def kind(self, full_name: str) -> str:
        """`Nested` or `Schema` for the library's class that a full name is or derives from,
        empty for anything else."""
        if full_name not in self._kinds:
            self._kinds[full_name] = ""
            found = (self._library(name) for name in self.known.order(full_name) if name)
            self._kinds[full_name] = next((name for name in found if name), "")
        return self._kinds[full_name]

    def _library(self, full_name: str) -> str:
        if self.known.index.class_(full_name) is not None:
            return ""
        owner, _, name = full_name.rpartition(".")
        if full_name.partition(".")[0] in _PACKAGES:
            return name
        made = self.known.alias(owner) if owner else None
        if made is not None and isinstance(made[0], Call) and made[0].func:
            maker = self.known.resolve(made[1], made[0].func)
            if maker is not None and self._is_extension(maker):
                return name
        return ""

    def _is_extension(self, full_name: str) -> bool:
        return any(
            name.startswith("flask_marshmallow.") and name.endswith(".Marshmallow")
            for name in self.known.order(full_name)
        )

    def is_schema(self, full_name: str) -> bool:
        return self.kind(full_name) in _SCHEMAS

    def field_kind(self, made: SchemaField, symbol: Symbol) -> tuple[str, str]:
        """The library's kind of the field that `symbol` makes, and its class's full name."""
        dotted = symbol.func if isinstance(symbol, Call) else getattr(symbol, "dotted", "")
        full = self.known.resolve(made.facts, dotted, made.inside) if dotted else None
        return ("", "") if full is None else (self.kind(full), full)

    # -- what a class says

    def readable(self, full_name: str) -> bool:
        """False where the class decides by itself what is read."""
        for method, _, _ in self.known.methods(full_name):
            if method.name in _DECIDES:
                return False
            if method.name in _MAY_CUT:
                body = (self.known.text(method.place) or "").partition("\n")[2]
                if not body or _MAY_CUT[method.name].search(body):
                    return False
        return self.known.option(full_name, "Meta") is None

    def meta(self, full_name: str, name: str) -> tuple[Symbol, ModuleFacts] | None:
        """An option of the nearest `class Meta`."""
        holder = self.known.inner(full_name, "Meta")
        return None if holder is None else self.known.option(holder, name)

    def model(self, full_name: str) -> Model | None:
        """The class that an auto schema is made for."""
        found = self.meta(full_name, "model")
        if found is None or not isinstance(found[0], Name):
            return None
        full = self.known.resolve(found[1], found[0].dotted)
        return None if full is None else self.known.index.model(full)

    def _names(self, full_name: str, option: str) -> tuple[frozenset[str] | None, bool]:
        """The names in an option of Meta (None: there is none), and whether it is computed."""
        found = self.meta(full_name, option)
        if found is None or found[0] == Constant(None):
            return None, False
        names = self.known.strings(found[1], found[0])
        return names, names is None

    def class_cut(self, full_name: str) -> tuple[Cut, frozenset[str]]:
        """What Meta leaves out, and the fields that it alone names."""
        fields, unsure = self._names(full_name, "fields")
        exclude, more = self._names(full_name, "exclude")
        load_only, most = self._names(full_name, "load_only")
        cut = Cut(fields or None, exclude or NOTHING, load_only or NOTHING, unsure or more or most)
        return cut, fields or NOTHING

    def fields(self, schema: Schema) -> list[SchemaField]:
        """The fields that a dump comes to."""
        if schema.inline is not None:
            return [item for item in schema.inline if schema.cut.keeps(item.name)]
        cut, named = self.class_cut(schema.full_name)
        declared = dict(self._declared(schema.full_name))
        for name in sorted(named - declared.keys()):
            declared[name] = replace(self._frame(schema.full_name), name=name)
        return [
            item for name, item in declared.items() if cut.keeps(name) and schema.cut.keeps(name)
        ]

    def _frame(self, full_name: str) -> SchemaField:
        item, facts = self.known.class_(full_name) or (None, None)
        assert item is not None and facts is not None
        return SchemaField("", item.name_place, facts, item.qualname)

    def _declared(self, full_name: str) -> Iterator[tuple[str, SchemaField]]:
        """All fields by name, later ones in the place of earlier ones."""
        for name in reversed(self.known.order(full_name)):
            known = self.known.class_(name) if name else None
            if known is None:
                continue
            own = dict(self._in_body(*known))
            if self.kind(name) == _AUTO:
                yield from ((key, made) for key, made in self._generated(name) if key not in own)
            yield from own.items()

    def _in_body(self, item: ClassFacts, facts: ModuleFacts) -> Iterator[tuple[str, SchemaField]]:
        for name, value in item.attributes.items():
            if isinstance(value.value, Call):
                made = SchemaField(name, value.place, facts, item.qualname, value.value)
                if self.field_kind(made, value.value)[0]:
                    yield name, made

    def _generated(self, full_name: str) -> Iterator[tuple[str, SchemaField]]:
        """What an auto schema makes of the columns and relationships of its model."""
        model = self.model(full_name)
        if model is None:
            return
        cut, _ = self.class_cut(full_name)
        frame = self._frame(full_name)
        if not cut.unsure and truth(_first(self.meta(full_name, "include_fk"))) is False:
            hidden = {name for name, column in model.columns.items() if column.foreign_key}
        else:
            hidden = set()
        for name in model.columns:
            if name not in hidden and cut.keeps(name):
                yield name, replace(frame, name=name)
        if truth(_first(self.meta(full_name, "include_relationships"))):
            for name, relationship in model.relationships.items():
                if cut.keeps(name):
                    yield name, replace(frame, name=name, related=relationship)

    def hooks(self, full_name: str) -> list[Hook]:
        """The methods that marshmallow calls around a dump, in its order."""
        found = []
        for method, _, facts in self.known.methods(full_name):
            for decoration in method.decorations:
                name = decoration.func if isinstance(decoration, Call) else _dotted(decoration)
                full = self.known.resolve(facts, name) if name else None
                kind = "" if full is None else full.rpartition(".")[2]
                if kind in ("pre_dump", "post_dump") and full and full.startswith("marshmallow."):
                    words = decoration.keyword if isinstance(decoration, Call) else _no_keyword
                    collection = truth(words("pass_collection")) or truth(words("pass_many"))
                    original = bool(truth(words("pass_original")))
                    found.append(Hook(method, kind, bool(collection), original))
        return sorted(found, key=lambda hook: (hook.collection, hook.method.name))

    # -- instances

    def made(self, call: Call, facts: ModuleFacts, inside: str = "") -> Schema | None:
        """The instance that a call makes: `BookSchema(many=True, exclude=("author",))`."""
        full = self.known.resolve(facts, call.func, inside) if call.func else None
        if full is None or self.known.index.class_(full) is None or not self.is_schema(full):
            return None
        many = truth(call.keyword("many"), False)
        if call.open and call.keyword("many") is None:
            many = None
        return Schema(self.known.index.canonical(full), self.given(call, facts), many)

    def given(self, call: Call, facts: ModuleFacts) -> Cut:
        """What the arguments of a schema or of a nested field leave out."""
        unsure = call.open
        sets: dict[str, frozenset[str] | None] = {}
        for name in ("only", "exclude", "load_only"):
            value = call.keyword(name)
            if value is None or isinstance(value, Constant):
                sets[name] = None
                continue
            sets[name] = self.known.strings(facts, value)
            unsure = unsure or sets[name] is None
        return Cut(sets["only"], sets["exclude"] or NOTHING, sets["load_only"] or NOTHING, unsure)

    def nested(self, made: SchemaField, symbol: Symbol, root: str) -> Schema | None:
        """The schema that the first argument of `Nested` means."""
        if isinstance(symbol, Lambda):
            return self.nested(made, symbol.body, root)
        if isinstance(symbol, Pairs):
            return self._from_dict(made, symbol)
        if isinstance(symbol, Call):
            if symbol.func.rpartition(".")[2] == "from_dict" and symbol.arguments:
                return self.nested(made, symbol.arguments[0], root)
            return self.made(symbol, made.facts, made.inside)
        text = text_of(symbol)
        if text == "self":
            return Schema(root) if root else None
        if text is not None:
            full = text if "." in text else self.known.named(text, self.is_schema)
        else:
            full = self.known.resolve(made.facts, _dotted(symbol), made.inside)
        if full is None:
            return None
        if self.known.index.class_(full) is not None:
            return Schema(self.known.index.canonical(full)) if self.is_schema(full) else None
        alias = self.known.alias(full)
        return self.made(alias[0], alias[1]) if alias and isinstance(alias[0], Call) else None

    def _from_dict(self, made: SchemaField, pairs: Pairs) -> Schema | None:
        found = []
        for key, value in pairs.pairs:
            name = text_of(key)
            if name is None or not isinstance(value, Call):
                return None
            found.append(replace(made, name=name, call=value, related=None))
        return Schema(f"{made.facts.module}.{made.inside}.{made.name}", inline=tuple(found))


def _first(option: tuple[Symbol, ModuleFacts] | None) -> Symbol | None:
    return None if option is None else option[0]


def _dotted(symbol: Symbol) -> str:
    return symbol.dotted if isinstance(symbol, Name) else ""


def _no_keyword(name: str) -> None:
    return None
