"""pydantic and SQLModel models as functions: what validating a row by them reads of it."""

from __future__ import annotations

import ast
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from codemods.facts.symbols import Call, Name, Symbol, text_of
from codemods.facts.values import FunctionFacts
from codemods.orm.declarations import Declarations
from codemods.orm.model_fields import ModelField, ModelFields, Path, Validator
from codemods.orm.naming import singular, snake
from codemods.orm.renderer import Renderer
from codemods.orm.shapes import Shape, Typed
from codemods.orm.synthetic import Writer
from codemods.source import Place

if TYPE_CHECKING:
    from codemods.project.model import Model

_MODES = {"BeforeValidator": "before", "PlainValidator": "plain", "WrapValidator": "wrap"}
# How deep models are followed: nobody loads what lies deeper with one query. Less where more than
# so many models come together, as those do that hold each other in every combination.
_DEPTHS = (4, 3, 2, 1)
_MOST = 40


class ResponseModels:
    """Renderers of annotations.

    Args:
        known: what the classes of the project say.
    """

    def __init__(self, known: Declarations) -> None:
        self.known = known
        self.fields = ModelFields(known)
        self._of_fields: dict[tuple[str, str, bool], Renderer | None] = {}
        self._of_annotations: dict[Hashable, Renderer | None] = {}

    def renderer(
        self,
        typed: Typed,
        name: str,
        from_attributes: bool = False,
        model: Model | None = None,
    ) -> Renderer | None:
        """What validating a value by an annotation reads, as a function of `rows` or `row`.

        None where nothing in it is a model that takes rows, and where rows that lead back to
        themselves are refused.

        Args:
            name: what the renderer is called.
            from_attributes: whether every model takes rows, not only those that say so.
            model: the mapped class of the rows, where it is known: it tells which of several
                aliases there is.
        """
        if typed.bindings:
            return self._renderer(typed, name, from_attributes, model)
        to = None if model is None else model.full_name
        key = (typed.symbol, typed.facts.module, typed.inside, name, from_attributes, to)
        if key not in self._of_annotations:
            self._of_annotations[key] = self._renderer(typed, name, from_attributes, model)
        return self._of_annotations[key]

    def _renderer(
        self, typed: Typed, name: str, from_attributes: bool, model: Model | None
    ) -> Renderer | None:
        shape = self.fields.shapes.shape(typed)
        place = self.place(shape)
        if place is None:
            return None
        parameter = "rows" if shape.kind == "items" else "row"
        for depth in _DEPTHS:
            writing = _Validation(self.fields, Writer(parameter), from_attributes, depth)
            writing.shaped(shape, parameter, place, model)
            if writing.refused:
                return None
            if writing.models <= _MOST:
                return writing.writer.renderer(name) if writing.read else None
        return None

    def place(self, shape: Shape, depth: int = 0) -> Place | None:
        """Where the first model in an annotation is declared; None where there is none."""
        if shape.kind == "model":
            found = self.known.class_(shape.full_name)
            return None if found is None else found[0].name_place
        inner = (self.fields.shapes.shape(part) for part in shape.parts if depth < 10)
        places = (self.place(part, depth + 1) for part in inner)
        return next((place for place in places if place is not None), None)

    def of_field(self, shape: Shape, name: str, from_attributes: bool) -> Renderer | None:
        """What a model does with the value that a dict, or its constructor, has under a name.

        None where there is no such field, or where validators see more than its value.
        """
        if shape.parts:
            return self._of_field(shape, name, from_attributes)
        key = (shape.full_name, name, from_attributes)
        if key not in self._of_fields:
            self._of_fields[key] = self._of_field(shape, name, from_attributes)
        return self._of_fields[key]

    def _of_field(self, shape: Shape, name: str, from_attributes: bool) -> Renderer | None:
        full = shape.full_name
        validators = self.fields.validators(full)
        if any(validator.whole for validator in validators):
            return None
        for item in self.fields.fields(full, shape.parts):
            if (name,) not in (self.fields.paths(full, item) or ()):
                continue
            own = [one for one in validators if one.fields & {item.name, "*"}]
            for depth in _DEPTHS:
                writing = _Validation(self.fields, Writer(name), from_attributes, depth)
                writing.held(full, item, own, name, None)
                if writing.refused:
                    return None
                if writing.models <= _MOST:
                    title = f"{full.rpartition('.')[2]}.{item.name}"
                    return writing.writer.renderer(title) if writing.read else None
        return None


class _Validation:
    """One validation while it is being written."""

    def __init__(self, fields: ModelFields, writer: Writer, forced: bool, depth: int) -> None:
        self.fields = fields
        self.known = fields.known
        self.writer = writer
        self.forced = forced
        self.active: list[tuple[str, str]] = []
        self.depth = depth
        self.models = 0
        self.refused = False
        self.read = False

    # -- annotations

    def typed(
        self, typed: Typed, value: ast.expr, base: str, place: Place, to: Model | None
    ) -> None:
        """Validate what an expression gives."""
        shape = self.fields.shapes.shape(typed)
        if shape.kind == "other" and not shape.extras:
            self.writer.do(value, place)
            return
        self.shaped(shape, self.writer.assign(base, value, place), place, to)

    def shaped(self, shape: Shape, name: str, place: Place, to: Model | None) -> None:
        """Validate what a name holds."""
        for extra in reversed(shape.extras):
            found = self._annotated(extra, name, place)
            if found is None:
                return
            name = found
        if shape.kind == "model":
            self.model(shape, name, place, to)
        elif shape.kind == "items":
            with self.writer.loop(singular(name), self.writer.load(name, place), place) as each:
                self._inner(shape.parts[0], each, place, to)
        elif shape.kind == "values":
            values = self.writer.read(self.writer.load(name, place), ["values"], place)
            items = self.writer.call(values, [], place)
            with self.writer.loop(singular(name), items, place) as each:
                self._inner(shape.parts[0], each, place, to)
        elif shape.kind == "page":
            items = self.writer.read(self.writer.load(name, place), ["items"], place)
            with self.writer.loop("item", items, place) as each:
                self._inner(shape.parts[0], each, place, to)
        elif shape.kind == "union":
            self._union(shape, name, place, to)

    def _inner(self, typed: Typed, name: str, place: Place, to: Model | None) -> None:
        self.shaped(self.fields.shapes.shape(typed), name, place, to)

    def _union(self, shape: Shape, name: str, place: Place, to: Model | None) -> None:
        """Which member it is depends on the row, and so does what is read of it."""
        for extra in shape.extras:
            options = extra.symbol
            key = text_of(options.keyword("discriminator")) if isinstance(options, Call) else None
            if key is not None:
                self.writer.do(self.writer.read(self.writer.load(name, place), [key], place), place)
        for part in shape.parts:
            with self.writer.perhaps("fits", place):
                self._inner(part, name, place, to)

    def _annotated(self, extra: Typed, name: str, place: Place) -> str | None:
        """What `BeforeValidator(f)` makes of a value; None where nothing else looks at it."""
        call = extra.symbol
        mode = _MODES.get(call.func.rpartition(".")[2]) if isinstance(call, Call) else None
        if not isinstance(call, Call) or mode is None:
            return name
        function = call.argument(0, "func")
        made = self._applied(extra, call, function, name, place)
        self.read = self.read or made is not None
        if made is None or mode != "before":
            if made is not None:
                self.writer.do(made, place)
            return None
        return self.writer.assign(name, made, place)

    def _applied(
        self, extra: Typed, call: Call, function: Symbol | None, name: str, place: Place
    ) -> ast.expr | None:
        if isinstance(function, Name):
            full = self.known.resolve(extra.facts, function.dotted, extra.inside)
            if full is None:
                return None
            argument = self.writer.load(name, place)
            return self.writer.call(self.writer.symbol(full, place), [argument], place)
        found = self.known.lambda_of(place, call.func.rpartition(".")[2], 0, "func")
        if found is None:
            return None
        return self.known.inlined(self.writer, found[0], name, extra.facts, extra.inside, found[1])

    # -- models

    def model(self, shape: Shape, name: str, place: Place, to: Model | None) -> None:
        """Validate an object by a model; one inside of itself is not followed again."""
        full = shape.full_name
        if self.fields.is_table(full) or self.models > _MOST:
            return
        key = (full, " ".join(repr(part.symbol) for part in shape.parts))
        if key in self.active:
            # pydantic refuses a row that it meets again below another one.
            self.refused = self.refused or key != self.active[-1]
            return
        if len(self.active) == self.depth:
            return
        self.active.append(key)
        self.models += 1
        validators = self.fields.validators(full)
        whole = [validator for validator in validators if validator.whole]
        wrapped = any(validator.mode == "wrap" for validator in whole)
        for validator in whole:
            name = self._validated(full, validator, name, place)
        if wrapped:
            with self.writer.perhaps("handled", place):
                self._fields(shape, validators, name, to)
        else:
            self._fields(shape, validators, name, to)
        self.active.pop()

    def _fields(
        self, shape: Shape, validators: Sequence[Validator], name: str, to: Model | None
    ) -> None:
        full = shape.full_name
        fields = self.fields.fields(full, shape.parts)
        roots = [item for item in fields if item.name in ("root", "__root__")]
        if self.fields.shapes.root(full) == "RootModel" or (roots and roots[0].name == "__root__"):
            self._root(shape, roots, name, to)
            return
        if not self.forced and not self.fields.reads_attributes(full):
            return
        self.read = True
        for item in fields:
            own = [one for one in validators if not one.whole and one.fields & {item.name, "*"}]
            self._field(full, item, own, name, to)

    def _root(self, shape: Shape, roots: Sequence[ModelField], name: str, to: Model | None) -> None:
        """A model whose only value is what it gets itself."""
        known = self.known.class_(shape.full_name)
        if roots:
            self._inner(roots[-1].typed, name, roots[-1].place, to)
        elif known is not None:
            for typed in self.fields.root_types(shape.full_name, shape.parts):
                self._inner(typed, name, known[0].name_place, to)

    def _field(
        self,
        full: str,
        item: ModelField,
        validators: Sequence[Validator],
        name: str,
        to: Model | None,
    ) -> None:
        path = self._path(full, item, to)
        if path is None:
            return
        writer, place = self.writer, item.place
        value = writer.read(writer.load(name, place), path, place)
        base = next((key for key in reversed(path) if isinstance(key, str)), item.name)
        target = self._target(path, to)
        if not validators:
            self.typed(item.typed, value, base, place, target)
            return
        self.held(full, item, validators, writer.assign(base, value, place), target)

    def held(
        self,
        full: str,
        item: ModelField,
        validators: Sequence[Validator],
        held: str,
        target: Model | None,
    ) -> None:
        """Validate the value of a field that a name holds."""
        writer, place = self.writer, item.place
        for validator in validators:
            held = self._validated(full, validator, held, place)
        modes = {validator.mode for validator in validators}
        if "plain" in modes:
            return
        if "wrap" in modes:
            with writer.perhaps("handled", place):
                self._inner(item.typed, held, place, target)
        else:
            self._inner(item.typed, held, place, target)

    def _path(self, full: str, item: ModelField, to: Model | None) -> Path | None:
        """Where the value is found: pydantic stops at the first alias that there is."""
        paths = self.fields.paths(full, item)
        if not paths:
            return None
        if to is not None and to.complete and len(paths) > 1:
            there = {*to.columns, *to.relationships, *to.others}
            return next((path for path in paths if path[0] in there), None)
        return paths[0]

    def _target(self, path: Path, to: Model | None) -> Model | None:
        names = [key for key in path if isinstance(key, str)]
        for key in names:
            relationship = to.relationships.get(key) if to is not None else None
            target = relationship.target if relationship is not None else None
            to = self.known.index.model(target) if target is not None else None
        return to

    # -- validators

    def _validated(self, full: str, validator: Validator, name: str, place: Place) -> str:
        """What a validator gives, and the name that holds it."""
        writer, method = self.writer, validator.method
        instance = writer.instance(full, snake(full.rpartition(".")[2]), place)
        function = writer.read(instance, [method.name], place)
        call = writer.call(function, [writer.load(name, place)], place)
        assert isinstance(call, ast.Call)
        for word in _more(method):
            values: ast.expr = ast.Dict([], []) if word == "values" else ast.Constant(None)
            if word == "handler" or validator.mode == "wrap":
                values = ast.Name(writer.fresh("handler"), ast.Load())
            call.keywords.append(ast.keyword(word, writer.at(values, place)))
        self.read = True
        if validator.mode == "wrap":
            writer.do(call, place)
            return name
        return writer.assign(name, call, place)


def _more(method: FunctionFacts) -> list[str]:
    """The parameters of a validator after the class and the value."""
    first = 1 if "staticmethod" in method.decorators else 2
    return [
        item.name
        for item in method.parameters[first:]
        if item.kind in ("positional", "keyword-only") and not item.has_default
    ]
