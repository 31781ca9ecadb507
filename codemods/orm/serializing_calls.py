"""Calls that hand rows to schemas and response models.

`SerializingCalls` says for a call which renderers run on which expressions. It knows trees and
names only; the interpreter runs the renderers.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.facts.symbols import (
    Call,
    Name,
    Symbol,
    dotted_name,
    symbol,
    truth_of,
)
from codemods.facts.values import ModuleFacts
from codemods.orm.declarations import Declarations, Source
from codemods.orm.local_names import LocalNames
from codemods.orm.renderer import Renderer
from codemods.orm.response_models import ResponseModels
from codemods.orm.schema_fields import Schema
from codemods.orm.schemas import Schemas
from codemods.orm.shapes import Typed
from codemods.orm.synthetic import Writer
from codemods.source import Place

if TYPE_CHECKING:
    from codemods.project.index import ProjectIndex
    from codemods.project.model import Model

# The last names of calls that may be meant: anything else is told by its first letter.
METHODS = frozenset({"dump", "dumps", "jsonify", "model_validate", "from_orm", "validate_python"})
_FUNCTIONS = frozenset({"jsonable_encoder", "parse_obj_as"})
_OF_MODELS = frozenset({"model_validate", "from_orm"})


@dataclass(frozen=True, eq=False)
class Serialization:
    """A renderer runs on the value of an expression."""

    renderer: Renderer
    argument: ast.expr


class SerializingCalls:
    """Finds what a project's schemas and response models are handed.

    Args:
        index: the linked project.
        source: gives a file of the project; raises KeyError for one that is not.
    """

    def __init__(self, index: ProjectIndex, source: Source) -> None:
        self.known = Declarations(index, source)
        self.schemas = Schemas(self.known)
        self.models = ResponseModels(self.known)
        self._shown: dict[Place, Renderer] = {}

    def names(
        self,
        facts: ModuleFacts,
        node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Module | None = None,
        owner: str | None = None,
    ) -> LocalNames:
        return LocalNames(self.known, facts, node, owner)

    # -- calls

    def of_call(
        self, node: ast.Call, names: LocalNames, model: Model | None = None
    ) -> tuple[Serialization, ...]:
        """What a call renders; empty for one that serializes nothing.

        Args:
            model: the mapped class of the rows in the first argument, where it is known.
        """
        func = node.func
        if isinstance(func, ast.Attribute) and func.attr in METHODS:
            if func.attr in ("dump", "dumps", "jsonify"):
                return tuple(self._dumped(node, func, names))
            return tuple(self._validated(node, func, names, model))
        dotted = dotted_name(func.value if isinstance(func, ast.Subscript) else func)
        if dotted is None:
            return ()
        last = dotted.rpartition(".")[2]
        if last in _FUNCTIONS:
            return tuple(self._function(node, dotted, names, model))
        if last[:1].isupper() and node.keywords:
            return tuple(self._constructed(node, names))
        return ()

    def is_schema(self, node: ast.Call, names: LocalNames) -> bool:
        """True for a call that makes a schema, or a `TypeAdapter`: it reads nothing."""
        if dotted_name(node.func) is None:
            return False
        return self.schema(node, names) is not None or self._adapter(node, names) is not None

    def _dumped(
        self, node: ast.Call, func: ast.Attribute, names: LocalNames
    ) -> Iterator[Serialization]:
        schema = self.schema(func.value, names)
        argument = _argument(node, 0, "data" if func.attr == "jsonify" else "obj")
        if schema is None or argument is None:
            return
        given = _argument(node, 1 if func.attr == "jsonify" else 99, "many")
        many = schema.many
        if given is not None and not (isinstance(given, ast.Constant) and given.value is None):
            many = bool(given.value) if isinstance(given, ast.Constant) else None
        shown = _displayed(argument, names)
        if many is False and shown is not None:
            for key, value in shown:
                renderer = self.schemas.of_field(schema, key)
                if renderer is not None:
                    yield Serialization(renderer, value)
        elif many is not None:
            renderer = self.schemas.renderer(schema, many)
            if renderer is not None:
                yield Serialization(renderer, argument)

    def schema(self, node: ast.expr, names: LocalNames) -> Schema | None:
        """The schema's instance that an expression is."""
        if isinstance(node, ast.Name) and (value := names.assigned(node.id)) is not None:
            again = isinstance(value, ast.Name) and names.assigned(value.id) is not None
            return None if again else self.schema(value, names)
        if isinstance(node, ast.Call):
            made = symbol(node)
            full = names.resolve(made.func) if isinstance(made, Call) and made.func else None
            if full is None or not isinstance(made, Call):
                return None
            return self.schemas.fields.made(made, names.facts)
        dotted = dotted_name(node)
        full = names.resolve(dotted) if dotted is not None else None
        if full is None:
            return None
        owner, _, last = full.rpartition(".")
        found = self.known.alias(full) or (
            self.known.option(owner, last) if self.known.index.class_(owner) else None
        )
        if found is None or not isinstance(found[0], Call):
            return None
        return self.schemas.fields.made(found[0], found[1])

    def _validated(
        self, node: ast.Call, func: ast.Attribute, names: LocalNames, model: Model | None
    ) -> Iterator[Serialization]:
        typed = (
            self._adapter(func.value, names)
            if func.attr == "validate_python"
            else self._type(func.value, names)
        )
        if typed is not None:
            yield from self._validating(node, func, typed, names, model)

    def by_class(
        self, node: ast.Call, full_name: str, names: LocalNames, model: Model | None
    ) -> tuple[Serialization, ...]:
        """What `schema.model_validate(row)` renders, where a variable holds the class.

        Args:
            full_name: the class.
        """
        found = self.known.class_(full_name)
        func = node.func
        if found is None or not isinstance(func, ast.Attribute) or func.attr not in _OF_MODELS:
            return ()
        typed = Typed(Name(found[0].qualname), found[1])
        return tuple(self._validating(node, func, typed, names, model))

    def _validating(
        self,
        node: ast.Call,
        func: ast.Attribute,
        typed: Typed,
        names: LocalNames,
        model: Model | None,
    ) -> Iterator[Serialization]:
        argument = _argument(node, 0, "object" if func.attr == "validate_python" else "obj")
        if argument is None:
            return
        words = {word.arg: symbol(word.value) for word in node.keywords if word.arg}
        forced = truth_of(words.get("from_attributes"), False) is True
        name = f"{ast.unparse(func.value)}.{func.attr}"
        yield from self.typed(typed, argument, names, name, forced, model)

    def _type(self, node: ast.expr, names: LocalNames) -> Typed | None:
        """The class, or class with type arguments, that an expression names."""
        head = dotted_name(node.value if isinstance(node, ast.Subscript) else node)
        full = names.resolve(head) if head is not None else None
        if full is None:
            return None
        if head is not None and head.partition(".")[0] in ("self", "cls"):
            found = self.known.class_(full)
            return Typed(Name(found[0].qualname), found[1]) if found else None
        return Typed(symbol(node), names.facts)

    def _adapter(self, node: ast.expr, names: LocalNames) -> Typed | None:
        """The type of a `TypeAdapter`: made here, in a local variable, or in a module."""
        if isinstance(node, ast.Name) and (value := names.assigned(node.id)) is not None:
            node = value
        facts: ModuleFacts = names.facts
        made: Symbol = symbol(node)
        if isinstance(made, Name):
            full = names.resolve(made.dotted)
            found = self.known.alias(full) if full is not None else None
            if found is None:
                return None
            made, facts = found
        if not isinstance(made, Call) or not made.arguments:
            return None
        full = self.known.resolve(facts, made.func) if made.func else None
        if full is None or not full.startswith("pydantic.") or not full.endswith("TypeAdapter"):
            return None
        return Typed(made.arguments[0], facts)

    def _function(
        self, node: ast.Call, dotted: str, names: LocalNames, model: Model | None
    ) -> Iterator[Serialization]:
        full = names.resolve(dotted) or ""
        if full.startswith("fastapi.") and full.endswith(".jsonable_encoder"):
            argument = _argument(node, 0, "obj")
            if argument is not None:
                yield Serialization(self.showing(self.known.place(names.facts, node)), argument)
        elif full.startswith("pydantic.") and full.endswith(".parse_obj_as"):
            kind, argument = _argument(node, 0, "type_"), _argument(node, 1, "obj")
            if kind is not None and argument is not None:
                typed = Typed(symbol(kind), names.facts)
                yield from self.typed(typed, argument, names, "parse_obj_as", False, model)

    def _constructed(self, node: ast.Call, names: LocalNames) -> Iterator[Serialization]:
        """`Page(items=rows)`: models in the fields read the rows that they get."""
        typed = self._type(node.func, names)
        shape = None if typed is None else self.models.fields.shapes.shape(typed)
        if shape is None or shape.kind != "model":
            return
        for word in node.keywords:
            renderer = self.models.of_field(shape, word.arg, False) if word.arg else None
            if renderer is not None:
                yield Serialization(renderer, word.value)

    def typed(
        self,
        typed: Typed,
        argument: ast.expr,
        names: LocalNames,
        name: str,
        forced: bool,
        model: Model | None,
    ) -> Iterator[Serialization]:
        """Validate an expression; each value of a dict display by the field of its key."""
        shape = self.models.fields.shapes.shape(typed)
        shown = _displayed(argument, names) if shape.kind == "model" else None
        if shown is not None:
            for key, value in shown:
                renderer = self.models.of_field(shape, key, forced)
                if renderer is not None:
                    yield Serialization(renderer, value)
            return
        renderer = self.models.renderer(typed, name, forced, model)
        if renderer is not None:
            yield Serialization(renderer, argument)

    def showing(self, place: Place) -> Renderer:
        """What turns an object into whatever it holds: an eager option changes its output."""
        if place not in self._shown:
            writer = Writer("value")
            function = writer.at(ast.Name("vars", ast.Load()), place)
            writer.do(writer.call(function, [writer.load("value", place)], place), place)
            self._shown[place] = writer.renderer("jsonable_encoder", shows_loaded=True)
        return self._shown[place]


def _argument(node: ast.Call, position: int, name: str) -> ast.expr | None:
    if any(isinstance(argument, ast.Starred) for argument in node.args):
        return None
    if position < len(node.args):
        return node.args[position]
    return next((word.value for word in node.keywords if word.arg == name), None)


def _displayed(node: ast.expr, names: LocalNames) -> list[tuple[str, ast.expr]] | None:
    """The keys and values of a dict display, also of one in a local variable."""
    if isinstance(node, ast.Name) and (value := names.assigned(node.id)) is not None:
        node = value
    if not isinstance(node, ast.Dict):
        return None
    return [
        (key.value, value)
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    ]
