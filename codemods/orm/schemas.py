"""marshmallow schemas as functions: what a dump reads of the rows that it is given."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import replace

from codemods.facts.symbols import Call, Constant, Name, Symbol, text_of
from codemods.orm.declarations import Declarations, truth
from codemods.orm.naming import singular
from codemods.orm.renderer import Renderer
from codemods.orm.schema_fields import NOTHING, Cut, Hook, Schema, SchemaField, SchemaFields
from codemods.orm.synthetic import Writer
from codemods.source import Place

# Fields that take `str()` of what they read.
_TEXT = frozenset({"Str", "String", "Url", "URL", "Email", "UUID", "FormattedString"})
# Fields that do not read the attribute of their name.
_ELSEWHERE = frozenset({
    "Constant", "URLFor", "UrlFor", "URL_for", "AbsoluteURLFor", "AbsoluteUrlFor", "Hyperlinks",
    "File",
})  # fmt: skip
_RELATED = frozenset({"Related", "RelatedList"})
# How deep schemas are followed: nobody loads what lies deeper with one query. Less where more
# than so many schemas come together, as those do that nest each other in every combination.
_DEPTHS = (4, 3, 2, 1)
_MOST = 40


class Schemas:
    """Renderers of schemas, written once for each schema and cut.

    Args:
        known: what the classes of the project say.
    """

    def __init__(self, known: Declarations) -> None:
        self.known = known
        self.fields = SchemaFields(known)
        self._renderers: dict[tuple[Schema, bool], Renderer | None] = {}

    def renderer(self, schema: Schema, many: bool) -> Renderer | None:
        """What `schema.dump(rows, many=many)` reads, as a function of `rows`, or of `row`.

        None where the class decides by itself what it reads.
        """
        key = (schema, many)
        if key not in self._renderers:
            self._renderers[key] = self._written(schema, many)
        return self._renderers[key]

    def of_field(self, schema: Schema, name: str) -> Renderer | None:
        """What a dump does with the value of one field, as a function of that value.

        None where the schema has no such field, or looks at more than the field's value.
        """
        if not self._known(schema) or any(
            hook.kind == "pre_dump" or hook.original for hook in self.fields.hooks(schema.full_name)
        ):
            return None
        for item in self.fields.fields(schema):
            if item.call is not None and name == _attribute(item, item.call):
                parameter = name if name.isidentifier() else "value"
                for depth in _DEPTHS:
                    dump = _Dump(self.fields, Writer(parameter), depth)
                    dump.value(schema, item, parameter)
                    if dump.schemas <= _MOST:
                        return dump.writer.renderer(f"{self._short(schema)}.{item.name}")
        return None

    def _known(self, schema: Schema) -> bool:
        full = schema.full_name
        return self.known.class_(full) is not None and self.fields.readable(full)

    def _short(self, schema: Schema) -> str:
        return schema.full_name.rpartition(".")[2]

    def _written(self, schema: Schema, many: bool) -> Renderer | None:
        found = self.known.class_(schema.full_name)
        if found is None or not self._known(schema):
            return None
        parameter = "rows" if many else "row"
        for depth in _DEPTHS:
            dump = _Dump(self.fields, Writer(parameter), depth)
            dump.named(replace(schema, many=False), many, parameter, found[0].name_place)
            if dump.schemas <= _MOST:
                return dump.writer.renderer(f"{self._short(schema)}.dump")
        return None


class _Dump:
    """One dump while it is being written."""

    def __init__(self, fields: SchemaFields, writer: Writer, depth: int) -> None:
        self.fields = fields
        self.known = fields.known
        self.writer = writer
        self.active: set[Schema] = set()
        self.depth = depth
        self.schemas = 0

    # -- schemas

    def named(self, schema: Schema, many: bool, name: str, place: Place) -> None:
        """Dump what a name holds; a schema inside of itself is not followed again."""
        if schema in self.active or len(self.active) == self.depth or self.schemas > _MOST:
            return
        self.active.add(schema)
        self.schemas += 1
        hooks = [] if schema.inline is not None else self.fields.hooks(schema.full_name)
        before = [hook for hook in hooks if hook.kind == "pre_dump"]
        after = [hook for hook in hooks if hook.kind == "post_dump" and hook.original]
        original = name
        for hook in before:
            name = self._prepared(schema, hook, name, many)
        if many:
            with self.writer.loop(singular(name), self.writer.load(name, place), place) as row:
                self._row(schema, row)
        else:
            self._row(schema, name)
        for hook in after:
            self._finished(schema, hook, original, many)
        self.active.discard(schema)

    def _row(self, schema: Schema, row: str) -> None:
        """Dump one row."""
        cut = self.fields.class_cut(schema.full_name)[0] if schema.inline is None else Cut()
        fields = self.fields.fields(schema)
        if fields and (cut.unsure or schema.cut.unsure):
            with self.writer.perhaps("kept", fields[0].place):
                self._fields(schema, fields, row)
        else:
            self._fields(schema, fields, row)

    def _fields(self, schema: Schema, fields: Sequence[SchemaField], row: str) -> None:
        for item in fields:
            loaded_only = truth(item.call.keyword("load_only")) if item.call else False
            if loaded_only is None:
                with self.writer.perhaps("dumped", item.place):
                    self._field(schema, item, row)
            elif not loaded_only:
                self._field(schema, item, row)

    # -- hooks

    def _method_of(self, schema: Schema, name: str, place: Place) -> ast.expr:
        """A method of the schema, bound to it."""
        return self.writer.read(
            self.writer.instance(schema.full_name, "schema", place), [name], place
        )

    def _prepared(self, schema: Schema, hook: Hook, name: str, many: bool) -> str:
        writer, place = self.writer, hook.method.place
        if not many or hook.collection:
            function = self._method_of(schema, hook.method.name, place)
            value = writer.call(function, [writer.load(name, place)], place, many=many)
            return writer.assign(name, value, place)
        row = writer.fresh(singular(name))
        function = self._method_of(schema, hook.method.name, place)
        each = writer.call(function, [writer.load(row, place)], place, many=True)
        target = writer.at(ast.Name(row, ast.Store()), place)
        rows = ast.comprehension(target, writer.load(name, place), [], 0)
        return writer.assign(name, writer.at(ast.ListComp(each, [rows]), place), place)

    def _finished(self, schema: Schema, hook: Hook, name: str, many: bool) -> None:
        writer, place = self.writer, hook.method.place
        if many and not hook.collection:
            with writer.loop(singular(name), writer.load(name, place), place) as row:
                self._finished(schema, hook, row, False)
            return
        function = self._method_of(schema, hook.method.name, place)
        data = ast.List([], ast.Load()) if many else ast.Dict([], [])
        arguments = [writer.at(data, place), writer.load(name, place)]
        writer.do(writer.call(function, arguments, place, many=many), place)

    # -- fields

    def _field(self, schema: Schema, item: SchemaField, row: str) -> None:
        kind, full = ("", "") if item.call is None else self.fields.field_kind(item, item.call)
        overridden = self._overrides(full)
        if kind in _ELSEWHERE or overridden & {"serialize", "get_value"}:
            return
        if kind == "Method" and item.call is not None:
            self._method(schema, item, item.call, row)
        elif kind == "Function" and item.call is not None:
            self._function(item, item.call, row)
        else:
            given = item.call.keyword("attribute") if item.call else None
            if item.call is not None and (kind == "auto_field" and given is None):
                given = item.call.argument(0, "column_name")
            path = item.name if given is None or given == Constant(None) else text_of(given)
            if path is None or (item.call is not None and item.call.open):
                return
            value = self.writer.read(self.writer.load(row, item.place), path.split("."), item.place)
            if "_serialize" in overridden:
                self._serialized(item, full, value, row)
            else:
                self._value(schema, item, item.call, value, path)

    def _overrides(self, full_name: str) -> set[str]:
        if not full_name or self.known.class_(full_name) is None:
            return set()
        return {method.name for method, _, _ in self.known.methods(full_name)}

    def _method(self, schema: Schema, item: SchemaField, call: Call, row: str) -> None:
        name = text_of(call.argument(0, "serialize")) or text_of(call.keyword("method_name"))
        if name is None or schema.inline is not None:
            return
        function = self._method_of(schema, name, item.place)
        arguments = [self.writer.load(row, item.place)]
        self.writer.do(self.writer.call(function, arguments, item.place), item.place)

    def _function(self, item: SchemaField, call: Call, row: str) -> None:
        writer = self.writer
        given = call.argument(0, "serialize") or call.keyword("func")
        found = self.known.lambda_of(item.place, "Function", 0, "serialize")
        if isinstance(given, Name):
            full = self.known.resolve(item.facts, given.dotted, item.inside)
            if full is not None:
                function = writer.symbol(full, item.place)
                arguments = [writer.load(row, item.place)]
                writer.do(writer.call(function, arguments, item.place), item.place)
        elif found is not None:
            body = self.known.inlined(writer, found[0], row, item.facts, item.inside, found[1])
            if body is not None:
                writer.do(body, item.place)

    def _serialized(self, item: SchemaField, full: str, value: ast.expr, row: str) -> None:
        """A field of the project's own: its method gets the value and the row."""
        writer, place = self.writer, item.place
        function = writer.read(writer.instance(full, "field", place), ["_serialize"], place)
        arguments = [
            value,
            writer.at(ast.Constant(item.name), place),
            writer.load(row, place),
        ]
        writer.do(writer.call(function, arguments, place), place)

    # -- values of fields

    def value(self, schema: Schema, item: SchemaField, name: str) -> None:
        """Dump the value of a field that a name holds."""
        self._value(schema, item, item.call, self.writer.load(name, item.place), name)

    def _value(
        self, schema: Schema, item: SchemaField, symbol: Symbol | None, value: ast.expr, path: str
    ) -> None:
        """What a field does with the value that it read."""
        kind = "" if symbol is None else self.fields.field_kind(item, symbol)[0]
        base = path.rpartition(".")[2]
        call = symbol if isinstance(symbol, Call) else None
        if kind in ("Nested", "Pluck") and call is not None:
            self._nested(schema, item, call, kind, value, base)
        elif kind == "List" and call is not None and call.argument(0, "cls_or_instance"):
            inner = call.argument(0, "cls_or_instance")
            with self.writer.loop(singular(base), value, item.place) as each:
                self._value(schema, item, inner, self.writer.load(each, item.place), each)
        elif kind in ("Dict", "Mapping") and call is not None and call.keyword("values"):
            values = self.writer.read(value, ["values"], item.place)
            items = self.writer.call(values, [], item.place)
            with self.writer.loop(singular(base), items, item.place) as each:
                inner = call.keyword("values")
                self._value(schema, item, inner, self.writer.load(each, item.place), each)
        elif item.related is not None or kind in _RELATED or kind == "auto_field":
            self._related(schema, item, call, kind, value, base)
        elif kind in _TEXT:
            text = ast.Name("str", ast.Load())
            self.writer.do(self.writer.call(text, [value], item.place), item.place)
        else:
            self.writer.do(value, item.place)

    def _nested(
        self,
        schema: Schema,
        item: SchemaField,
        call: Call,
        kind: str,
        value: ast.expr,
        base: str,
    ) -> None:
        first = call.argument(0, "nested")
        inner = self.fields.nested(item, first, schema.full_name) if first is not None else None
        if inner is None or (inner.inline is None and not self.fields.readable(inner.full_name)):
            self.writer.do(value, item.place)
            return
        cut = self.fields.given(call, item.facts)
        if kind == "Pluck":
            plucked = text_of(call.argument(1, "field_name"))
            cut = Cut(frozenset({plucked}) if plucked else None, unsure=plucked is None)
        cut = inner.cut.and_(replace(cut, load_only=NOTHING)).and_(schema.cut.below(item.name))
        many = truth(call.keyword("many"))
        many = True if many or inner.many else (None if None in (many, inner.many) else False)
        name = self.writer.assign(base, value, item.place)
        if many is not None:
            self.named(replace(inner, cut=cut, many=False), many, name, item.place)

    def _related(
        self,
        schema: Schema,
        item: SchemaField,
        call: Call | None,
        kind: str,
        value: ast.expr,
        base: str,
    ) -> None:
        """Keys of related rows, by `Related`, `auto_field` or a generated field."""
        model = self.fields.model(schema.full_name)
        relationship = item.related
        if relationship is None and model is not None:
            relationship = model.relationships.get(base)
        target = relationship.target if relationship is not None else None
        related = None if target is None else self.known.index.model(target)
        columns = call.argument(0, "columns") if call is not None and kind == "Related" else None
        keys = tuple(sorted(self.known.strings(item.facts, columns) or ())) if columns else ()
        if not keys and (only := text_of(columns)):
            keys = (only,)
        keys = keys or (related.primary_key if related is not None else ())
        if relationship is None or not keys:
            self.writer.do(value, item.place)
            return
        if relationship.uselist and kind != "Related":
            with self.writer.loop(singular(base), value, item.place) as each:
                self._keys(item, each, keys)
        else:
            self._keys(item, self.writer.assign(base, value, item.place), keys)

    def _keys(self, item: SchemaField, name: str, keys: Sequence[str]) -> None:
        for key in keys:
            owner = self.writer.load(name, item.place)
            self.writer.do(self.writer.read(owner, [key], item.place), item.place)


def _attribute(item: SchemaField, call: Call) -> str | None:
    """The key under which a field is looked for in a dict; None for one that is computed."""
    given = call.keyword("attribute")
    if call.open or truth(call.keyword("load_only")) is not False:
        return None
    return item.name if given is None else text_of(given)
