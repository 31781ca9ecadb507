"""pydantic and SQLModel classes: their fields, aliases, options and validators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from codemods.facts.symbols import (
    Call,
    Constant,
    Name,
    Pairs,
    Subscript,
    Symbol,
    annotation,
    text_of,
    walk,
)
from codemods.facts.values import ClassFacts, FunctionFacts, ModuleFacts, ValueFacts
from codemods.orm.declarations import Declarations, keyword_option, truth
from codemods.orm.shapes import Shapes, Typed
from codemods.orm.synthetic import Key
from codemods.source import Place

Path = tuple[Key, ...]
_PACKAGES = frozenset({"pydantic", "sqlmodel"})
_OPTIONS = {
    "from_attributes": ("from_attributes", "orm_mode"),
    "by_name": ("populate_by_name", "validate_by_name", "allow_population_by_field_name"),
    "alias_generator": ("alias_generator",),
}


@dataclass(frozen=True, eq=False, slots=True)
class ModelField:
    """A field of a model: `options` is its `Field(…)`."""

    name: str
    place: Place
    typed: Typed
    options: Call | None


@dataclass(frozen=True, slots=True)
class Validator:
    """A method that gets the row, or the value of a field, before pydantic looks at it."""

    method: FunctionFacts
    mode: str
    fields: frozenset[str]
    whole: bool


class ModelFields:
    """What the classes of a project say about the fields of pydantic models."""

    def __init__(self, known: Declarations) -> None:
        self.known = known
        self.shapes = Shapes(known)
        self._fields: dict[str, list[ModelField]] = {}
        self._validators: dict[str, list[Validator]] = {}

    # -- classes

    def is_table(self, full_name: str) -> bool:
        return self.known.index.model(full_name) is not None

    def option(self, full_name: str, name: str) -> Symbol | None:
        """An option of the model: of `model_config`, `class Config` or the `class` statement."""
        for owner in self.known.order(full_name):
            known = self.known.class_(owner) if owner else None
            if known is None:
                continue
            words = {word: value for word, value in known[0].keywords if word}
            config = known[0].attributes.get("model_config")
            inner = self.known.class_(f"{owner}.Config")
            for spelling in _OPTIONS[name]:
                found = words.get(spelling) or keyword_option(
                    config.value if config else None, spelling
                )
                if found is None and inner is not None and spelling in inner[0].attributes:
                    found = inner[0].attributes[spelling].value
                if found is not None:
                    return found
        return None

    def reads_attributes(self, full_name: str) -> bool:
        """True if the class takes objects for what they have."""
        found = self.option(full_name, "from_attributes")
        if found is None:
            return self.shapes.root(full_name) == "SQLModel"
        return truth(found) is True

    # -- fields

    def fields(self, full_name: str, arguments: tuple[Typed, ...]) -> list[ModelField]:
        """The fields in their order; a class below replaces what one above declares."""
        if arguments:
            return self._declared(full_name, arguments)
        if full_name not in self._fields:
            self._fields[full_name] = self._declared(full_name, ())
        return self._fields[full_name]

    def _declared(self, full_name: str, arguments: tuple[Typed, ...]) -> list[ModelField]:
        found: dict[str, ModelField] = {}
        bindings = self._bindings(full_name, arguments)
        for owner in reversed(self.known.order(full_name)):
            known = self.known.class_(owner) if owner else None
            if known is None:
                continue
            for name, value in known[0].attributes.items():
                typed = self._typed(known[0], known[1], value, bindings.get(owner, {}))
                if typed is not None:
                    options = self._options(typed, value)
                    found[name] = ModelField(name, value.place, typed, options)
        return list(found.values())

    def _typed(
        self, item: ClassFacts, facts: ModuleFacts, value: ValueFacts, bound: Mapping[str, Typed]
    ) -> Typed | None:
        """The annotation of a field, None for a class variable and what is no field."""
        if value.annotation is None or value.name == "model_config":
            return None
        if value.name.startswith("_") and value.name != "__root__":
            return None
        if isinstance(value.value, Call) and value.value.func.rpartition(".")[2] in (
            "Relationship",
            "PrivateAttr",
        ):
            return None
        outer = value.annotation
        if isinstance(outer, Constant) and isinstance(outer.value, str):
            outer = annotation(outer.value)
        head = outer.value if isinstance(outer, Subscript) else outer
        if isinstance(head, Name) and head.dotted.rpartition(".")[2] in ("ClassVar", "InitVar"):
            return None
        return Typed(outer, facts, item.qualname, bound)

    def _options(self, typed: Typed, value: ValueFacts) -> Call | None:
        given = [value.value] if value.value is not None else []
        if isinstance(typed.symbol, Subscript) and _tail(typed.symbol.value) == "Annotated":
            given += typed.symbol.arguments[1:]
        for item in given:
            if isinstance(item, Call) and item.func.rpartition(".")[2] == "Field":
                return item
        return None

    def paths(self, full_name: str, item: ModelField) -> list[Path] | None:
        """Where the value of a field is looked for, the first place first; None if computed."""
        alias = None
        if item.options is not None:
            if item.options.open:
                return None
            alias = item.options.keyword("validation_alias") or item.options.keyword("alias")
        if alias is None:
            alias = self._configured(full_name, item.name)
        if alias is None or alias == Constant(None):
            return [(item.name,)]
        found = _paths(alias)
        if found is not None and truth(self.option(full_name, "by_name")):
            found.append((item.name,))
        return found

    def _configured(self, full_name: str, name: str) -> Symbol | None:
        """The alias that pydantic 1's `Config.fields` gives to a field."""
        holder = self.known.inner(full_name, "Config")
        found = self.known.option(holder, "fields") if holder else None
        entry = found[0].get(name) if found and isinstance(found[0], Pairs) else None
        return entry.get("alias") if isinstance(entry, Pairs) else entry

    # -- type parameters

    def _bindings(
        self, full_name: str, arguments: tuple[Typed, ...]
    ) -> dict[str, Mapping[str, Typed]]:
        """What the type parameters of a class and of those above it stand for."""
        found: dict[str, Mapping[str, Typed]] = {}
        pending = [(full_name, arguments)]
        while pending:
            name, given = pending.pop(0)
            known = self.known.class_(name)
            if known is None or name in found:
                continue
            bound = dict(zip(self._parameters(*known), given, strict=False))
            found[name] = bound
            for base in known[0].bases:
                if isinstance(base, Subscript) and isinstance(base.value, Name):
                    above = self.known.resolve(known[1], base.value.dotted, known[0].qualname)
                    frame = Typed(base, known[1], known[0].qualname, bound)
                    if above is not None:
                        pending.append((above, tuple(frame.part(one) for one in base.arguments)))
                elif isinstance(base, Name):
                    above = self.known.resolve(known[1], base.dotted, known[0].qualname)
                    if above is not None:
                        pending.append((above, ()))
        return found

    def root_types(self, full_name: str, arguments: tuple[Typed, ...]) -> list[Typed]:
        """What `RootModel[…]` above a class is given, for one that declares no `root`."""
        bindings = self._bindings(full_name, arguments)
        for owner in self.known.order(full_name):
            known = self.known.class_(owner) if owner else None
            for base in known[0].bases if known else ():
                if known and isinstance(base, Subscript) and _tail(base.value) == "RootModel":
                    bound = bindings.get(owner, {})
                    return [Typed(base.arguments[0], known[1], known[0].qualname, bound)]
        return []

    def _parameters(self, item: ClassFacts, facts: ModuleFacts) -> list[str]:
        bases = [base for base in item.bases if isinstance(base, Subscript)]
        generic = [base for base in bases if _tail(base.value) in ("Generic", "Protocol")]
        names = [
            part.dotted
            for base in generic or bases
            for argument in base.arguments
            for part in walk(argument)
            if isinstance(part, Name) and self.shapes.is_variable(facts, part.dotted)
        ]
        if not names and not bases:
            names = [
                part.dotted
                for value in item.attributes.values()
                for part in (walk(value.annotation) if value.annotation else ())
                if isinstance(part, Name)
                and self.known.resolve(facts, part.dotted, item.qualname) is None
            ]
        return list(dict.fromkeys(names))

    # -- validators

    def validators(self, full_name: str) -> list[Validator]:
        """The methods that see what comes in, in the order in which they run."""
        if full_name not in self._validators:
            self._validators[full_name] = self._validating(full_name)
        return self._validators[full_name]

    def _validating(self, full_name: str) -> list[Validator]:
        found = [
            validator
            for method, _, facts in self.known.methods(full_name)
            for decoration in method.decorations
            for validator in self._validator(method, facts, decoration)
        ]
        return found[::-1]

    def _validator(
        self, method: FunctionFacts, facts: ModuleFacts, decoration: Symbol
    ) -> Iterator[Validator]:
        if not isinstance(decoration, Call):
            return
        full = self.known.resolve(facts, decoration.func) if decoration.func else None
        if full is None or full.partition(".")[0] not in _PACKAGES:
            return
        name = full.rpartition(".")[2]
        mode = text_of(decoration.keyword("mode")) or "after"
        if name in ("validator", "root_validator"):
            mode = "before" if truth(decoration.keyword("pre")) else "after"
        if name not in ("validator", "root_validator", "field_validator", "model_validator"):
            return
        names = frozenset(text for item in decoration.arguments if (text := text_of(item)))
        if mode != "after":
            yield Validator(method, mode, names, name in ("root_validator", "model_validator"))


def _paths(alias: Symbol) -> list[Path] | None:
    """`"author"`, `AliasPath("author", "name")` or `AliasChoices(…)` of such."""
    if (text := text_of(alias)) is not None:
        return [(text,)]
    if not isinstance(alias, Call):
        return None
    name = alias.func.rpartition(".")[2]
    if name == "AliasPath":
        keys = [item.value for item in alias.arguments if isinstance(item, Constant)]
        path = tuple(key for key in keys if isinstance(key, str | int))
        return [path] if path and len(path) == len(alias.arguments) else None
    if name != "AliasChoices":
        return None
    choices = [_paths(item) for item in alias.arguments]
    return None if None in choices else [path for found in choices for path in found or ()]


def _tail(symbol: Symbol) -> str:
    return symbol.dotted.rpartition(".")[2] if isinstance(symbol, Name) else ""
