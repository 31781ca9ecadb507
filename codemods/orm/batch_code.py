"""The code of a batch function, of the helper that takes what it found, and of a loop's fetch."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property

from codemods.orm import chunks
from codemods.orm.annotated import (
    Annotations,
    beside,
    evaluated,
    is_annotated,
    kept_as_text,
    takes,
)
from codemods.orm.batch_helpers import Moved
from codemods.orm.batch_parts import BatchParts, renamed
from codemods.orm.query_code import Unwritable
from codemods.patch import AddParameter, Code, Copied, Hole, Import, InsertBefore, Patch, Replace
from codemods.source import Place

_SAYS_NONE = re.compile(r"None|Optional|Any|[\"']")


class BatchCode(BatchParts):
    """Writes the batch function of a helper.

    Raises:
        Unwritable: where there is no way to write it.
    """

    def _import(self, module: str, name: str) -> str:
        self.imports.append(Import(self.place, module, name))
        return name

    @cached_property
    def place(self) -> Place:
        return self.scope.place(self.helper.node)

    @cached_property
    def annotated(self) -> bool:
        return is_annotated(self.scope)

    def _annotation(self, moved: Moved) -> tuple[str, dict[str, Hole]]:
        """What a query finds, as an annotation."""
        found = Annotations(self.scope, self.imports).of(moved.fetch)
        return found or ("set" if moved.fetch.as_set else "dict", {})

    def _header(self) -> tuple[str, dict[str, Hole]]:
        holes: dict[str, Hole] = {}
        listed = [self.helper.receiver] if self.helper.receiver else []
        for number, parameter in enumerate(self.ordered):
            is_item = parameter in self.items
            text = self.helper.items if is_item else parameter.arg
            shown = self._items_type(holes) if is_item else None
            if not is_item and parameter.annotation is not None:
                holes[f"a{number}"] = Copied(self.scope.place(parameter.annotation))
                shown = f"{{a{number}}}"
            if shown is not None:
                text += f": {shown}"
            default = self.helper.default(parameter)
            if default is not None and not is_item:
                holes[f"d{number}"] = Copied(self.scope.place(default))
                text += f" = {{d{number}}}" if shown is not None else f"={{d{number}}}"
            listed.append(text)
        returns = ""
        if self.annotated:
            text, found = self.type_in(self)
            holes.update(found)
            text, later = beside(self.scope, text, self.imports), self._comes_later(self)
            returns = f' -> "{text}"' if later else f" -> {evaluated(self.scope, text)}"
        keyword = "async def" if self.asynchronous else "def"
        for kind in {"classmethod", "staticmethod"}.intersection(self.helper.code.decorators):
            keyword = f"@{kind}\n{keyword}"
        return f"{keyword} {self.function}({', '.join(listed)}){returns}:", holes

    def _items_type(self, holes: dict[str, Hole]) -> str | None:
        """The annotation of all that the helper is called with, if it says what that is."""
        annotations = [each.annotation for each in self.items if each.annotation is not None]
        if len(annotations) < len(self.items):
            return None
        for number, annotation in enumerate(annotations):
            holes[f"k{number}"] = Copied(self.scope.place(annotation))
        inner = ", ".join(f"{{k{n}}}{self._or_none(each)}" for n, each in enumerate(self.items))
        if len(annotations) > 1:
            inner = f"tuple[{inner}]"
        kind = "Collection" if len(self.body) + len(self.inner) > 1 else "Iterable"
        text = f"{self._import('collections.abc', kind)}[{inner}]"
        shown = evaluated(self.scope, text)
        if shown == text or not any('"' in self.scope.text(each) for each in annotations):
            return shown
        # what is copied has quotes of its own
        other = any("'" in self.scope.text(each) for each in annotations)
        return None if other else f"'{text}'"

    def _or_none(self, item: ast.arg) -> str:
        """What the annotation of a parameter lacks for the None that a caller hands to it."""
        assert item.annotation is not None
        brought = item.arg in self.helper.scope.optional
        return (
            " | None" if brought and not _SAYS_NONE.search(self.scope.text(item.annotation)) else ""
        )

    def definition(self, statement: ast.stmt) -> tuple[Code | None, Code]:
        """The class of what is found, if there are several queries, and the batch function."""
        header, holes = self._header()
        name, items = self.helper.name, self.helper.items.replace("_", " ")
        what = f"the data of {name}()" if self.several else f"what {name}() looks up"
        lines = [header, f'    """Fetch {what} for all of these {items}."""']
        function = chunks.chunks(self.scope, self.imports, statement) if self.body else ""
        for number, part in enumerate(self.body):
            for index, moved in enumerate(part.moved):
                line, more = self._declared(moved, f"t{number}_{index}_")
                lines.append(f"    {line}")
                holes.update(more)
            prefix = f"c{number}_"
            holes.update(part.holes)
            holes.update({prefix + name: hole for name, hole in part.keys.holes.items()})
            keys = renamed(part.keys.text, part.keys.holes, prefix)
            lines.append(f"    for {part.variable} in {function}({keys}):")
            lines += [f"        {line}" for line in part.lines]
        for number, inner in enumerate(self.inner):
            holes[f"i{number}_"] = inner.fetch
            awaited = "await " if inner.handed.inner.asynchronous else ""
            if self.several:
                lines.append(f"    {inner.name} = {awaited}{{i{number}_}}")
            else:
                lines.append(f"    return {awaited}{{i{number}_}}")
        if self.several:
            lines.append(f"    return {self.record}({', '.join(self.found)})")
        elif self.moved:
            lines.append(f"    return {self.moved[0].fetch.found}")
        return self._record() if self.several else None, Code.of("\n".join(lines), **holes)

    def _declared(self, moved: Moved, prefix: str) -> tuple[str, dict[str, Hole]]:
        empty = "set()" if moved.fetch.as_set else "{{}}"
        if not self.annotated:
            return f"{moved.fetch.found} = {empty}", {}
        text, holes = self._annotation(moved)
        named = {prefix + name: hole for name, hole in holes.items()}
        return f"{moved.fetch.found}: {renamed(text, holes, prefix)} = {empty}", named

    def _record(self) -> Code:
        holes: dict[str, Hole] = {}
        self._import("typing", "NamedTuple")
        lines = [f"class {self.record}(NamedTuple):"]
        lines += [f'    """What {self.helper.name}() needs to know."""', ""]
        fields = [
            (moved.fetch.found, *self._annotation(moved), self._is_made_later(moved))
            for moved in self.moved
        ]
        for inner in self.inner:
            code = inner.handed.inner
            fields.append((inner.name, *code.type_in(self), self._comes_later(code)))
        for number, (name, text, found, later) in enumerate(fields):
            prefix = f"r{number}_"
            holes.update({prefix + name: hole for name, hole in found.items()})
            text = renamed(text, found, prefix)
            lines.append(f"    {name}: " + (f'"{text}"' if later else evaluated(self.scope, text)))
        return Code.of("\n".join(lines), **holes)

    def _comes_later(self, other: BatchCode) -> bool:
        """True if a class that the annotation for another helper names, its own or a model, is not
        there yet where this one's code stands."""
        if kept_as_text(self.scope):
            return False
        while not other.several and other.inner:
            other = other.inner[0].handed.inner
        if other.place.path != self.place.path:
            return False
        if other.several:
            return other.place.span.start > self.place.span.start
        return any(self._is_made_later(moved) for moved in other.moved)

    def _is_made_later(self, moved: Moved) -> bool:
        """True if a file does not have the class whose rows are found at the place of the code."""
        if (
            kept_as_text(self.scope)
            or moved.lookup.kind not in ("row", "rows")
            or moved.fetch.as_set
        ):
            return False
        found = self.scope.index.class_(moved.lookup.model.full_name)
        return (
            found is not None
            and found.place.path == self.place.path
            and found.place.span.end > self.place.span.start
        )

    def type_in(self, other: BatchCode) -> tuple[str, dict[str, Hole]]:
        """What the batch function gives back, as an annotation in the file of another helper."""
        if self.several:
            if other.place.path != self.place.path:
                other.imports.append(Import(other.place, self.scope.module.module, self.record))
            return self.record, {}
        if self.inner:
            return self.inner[0].handed.inner.type_in(other)
        if other.place.path == self.place.path:
            return self._annotation(self.moved[0])
        fetch = self.moved[0].fetch
        found = Annotations(other.scope, other.imports).of(fetch, away=True)
        return found or ("set" if fetch.as_set else "dict", {})

    # The helper ---------------------------------------------------------------------------

    def in_helper(self) -> tuple[Patch, ...]:
        """All that changes beside the helper and in it."""
        if self.passed is not None:
            about = f"what {self.function}() has found, for many calls at once"
            added = AddParameter(self.place, self.parameter, self._parameter_type(), about)
            return (added, self.passed.kept(self.parameter), *dict.fromkeys(self.imports))
        statement = self._first() if not self.helper.kept else self.helper.node.body[0]
        record, function = self.definition(statement)
        patches: list[Patch] = []
        above = self._class_around()
        if record is not None and above is None and self.helper.code.owner is not None:
            raise Unwritable("the class has no place above it", statement)
        if record is not None and above is not None:
            patches.append(InsertBefore(above, (record,)))
            record = None
        whole = function
        if record is not None:
            whole = _one_after_the_other(record, function)
        patches.append(InsertBefore(self.place, (whole,)))
        parameter = self.parameter
        about = f"what {self.function}() has found, for many calls at once"
        patches.append(AddParameter(self.place, parameter, self._parameter_type(), about))
        awaited = "await " if self.asynchronous else ""
        listed = [f"[{self._one}]" if p in self.items else p.arg for p in self.ordered]
        asked = f"{awaited}{self.helper.qualifier}{self.function}({', '.join(listed)})"
        if not self.helper.kept:
            block = Code.of(f"if {parameter} is None:\n    {parameter} = {asked}")
            patches.append(InsertBefore(self.scope.place(statement), (block,)))
        for moved, requery in zip(self.moved, self._requeries, strict=True):
            with self._named(moved):
                patches += (self._reading(moved), *moved.fetch.kept_up())
            patches += moved.fetch.read_apart()
            patches += moved.fetch.spent(moved.lookup, requery)
            self.imports += moved.fetch.imports
        patches += self._handing_on()
        return tuple(dict.fromkeys([*patches, *self.imports]))

    @property
    def _one(self) -> str:
        """What the helper is called with."""
        names = [parameter.arg for parameter in self.items]
        return names[0] if len(names) == 1 else f"({', '.join(names)})"

    def _handing_on(self) -> Iterator[Patch]:
        """The calls of other helpers get their part of what was fetched."""
        names = {inner.handed: inner.name for inner in self.inner}
        for handed in self.helper.handed:
            name = names[handed.again or handed]
            yield handed.kept(f"{self.parameter}.{name}" if self.several else self.parameter)
            if handed in names and handed.imported is not None:
                yield Import(self.place, handed.imported, handed.inner.function)

    @contextmanager
    def _named(self, moved: Moved) -> Iterator[None]:
        """What was fetched has the name meanwhile by which the helper knows it."""
        fetch, name = moved.fetch, moved.fetch.found
        if self.several:
            fetch.found = f"{self.parameter}.{name}"
        try:
            yield
        finally:
            fetch.found = name

    def _reading(self, moved: Moved) -> Patch:
        node, code = moved.fetch.reading(moved.lookup)
        if self.helper.kept:
            text = f"{{asked}} if {self.parameter} is None else {{found}}"
            code = Code.of(text, asked=Copied(self.scope.place(node)), found=code)
        return Replace(self.scope.place(node), code)

    def _parameter_type(self) -> Code | None:
        if not self.annotated:
            return None
        text, holes = self.type_in(self)
        text, later = beside(self.scope, text, self.imports), self._comes_later(self)
        if takes(self.scope, (3, 10)) and not later:
            return Code.of(f"{text} | None", **holes)
        if later or evaluated(self.scope, text) != text:
            return Code.of(f'"{text} | None"', **holes)
        return Code.of(f"{self._import('typing', 'Optional')}[{text}]", **holes)

    def _class_around(self) -> Place | None:
        """The class of the module that the helper is a method of, in the end."""
        place = self.place
        for node in self.scope.tree.body:
            if isinstance(node, ast.ClassDef):
                around = self.scope.source.place(node)
                if around.span.contains(place.span):
                    return around
        return None

    def _first(self) -> ast.stmt:
        """The statement before which everything is fetched: in the innermost block that all
        queries are in, the first that has one of them."""
        chains = [self._blocks(m.lookup.run.statement) for m in self.moved]
        chains += [self._blocks(handed.first) for handed in self.helper.handed]
        common: tuple[list[ast.stmt], int] | None = None
        for level in zip(*chains, strict=False):
            if any(block is not level[0][0] for block, _ in level):
                break
            common = level[0][0], min(position for _, position in level)
            if len({position for _, position in level}) > 1:
                break
        assert common is not None
        statement = common[0][common[1]]
        if self.scope.text(statement).startswith("elif"):
            raise Unwritable("nothing can stand before this condition", statement)
        return statement

    def _blocks(self, statement: ast.stmt) -> list[tuple[list[ast.stmt], int]]:
        """The blocks that a statement stands in, from the outside in, and where."""
        found: list[tuple[list[ast.stmt], int]] = []
        node: ast.AST | None = statement
        while node is not None and node is not self.helper.node:
            if isinstance(node, ast.stmt) and node in self.scope.flow.blocks:
                found.insert(0, self.scope.flow.blocks[node])
            node = self.scope.parents.get(node)
        return found


def _one_after_the_other(first: Code, second: Code) -> Code:
    """Two statements as one template, with two blank lines between them."""
    return replace(
        Code.of(f"{first.text}\n\n\n{second.text}"),
        holes=tuple(sorted((*first.holes, *second.holes), key=_name)),
    )


def _name(item: tuple[str, Hole]) -> str:
    return item[0]
