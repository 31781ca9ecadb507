"""The code of a batch function, of the helper that takes what it found, and of a loop's fetch."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.orm import chunks
from codemods.orm.annotated import Annotations, is_annotated
from codemods.orm.batch_helpers import Helper, Moved
from codemods.orm.batch_names import BatchNames
from codemods.orm.fillings import Filling
from codemods.orm.requery import Unwritable
from codemods.patch import (
    AddParameter,
    Code,
    Copied,
    Hole,
    Import,
    InsertBefore,
    Patch,
    Replace,
)
from codemods.source import Place

if TYPE_CHECKING:
    from codemods.orm.requery import Requery


@dataclass
class _Part:
    """The loop over chunks for queries that have the same keys."""

    keys: chunks.Collected
    shown: str
    variable: str
    moved: list[Moved] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    holes: dict[str, Hole] = field(default_factory=dict)


class BatchCode(BatchNames):
    """Writes the batch function of a helper.

    Raises:
        Unwritable: where there is no way to write it.
    """

    def __init__(self, helper: Helper) -> None:
        super().__init__(helper)
        self.imports: list[Patch] = []
        self.fields: frozenset[str] = frozenset()
        self._requeries: list[Requery] = []
        self.body = tuple(self._body())
        self.extra = tuple(self._extra())
        self.asynchronous = any(m.lookup.run.awaited for m in self.moved)

    # The batch function -------------------------------------------------------------------

    def _body(self) -> list[_Part]:
        """The loops over chunks, one for all queries with the same keys."""
        parts: list[_Part] = []
        for moved in self.moved:
            lookup, fetch = moved.lookup, moved.fetch
            collected = chunks.collected(lookup, self.helper.items, fetch.taken, fetch.key)
            if collected.statements:
                raise Unwritable("the items are left before the query", lookup.expression)
            shown = self._shown(Code.of(collected.text, **collected.holes))
            part = next((part for part in parts if part.shown == shown), None)
            if part is None:
                part = _Part(collected, shown, fetch.keys)
                parts.append(part)
            fetch.keys = part.variable
            lines, holes, requery = Filling(fetch).lines()
            prefix = f"q{len(self._requeries)}_"
            self._requeries.append(requery)
            self.imports += [*requery.imports, *fetch.imports]
            part.moved.append(moved)
            part.lines += [_renamed(line, holes, prefix) for line in lines]
            part.holes.update({prefix + name: hole for name, hole in holes.items()})
        return parts

    def _shown(self, hole: Hole) -> str:
        """Code as text, which is equal for equal code."""
        if isinstance(hole, str):
            return hole
        if isinstance(hole, Code):
            return f"{hole.text} {[(name, self._shown(inner)) for name, inner in hole.holes]}"
        node = self._nodes.get(hole.place)
        text = f"{hole.place}" if node is None else ast.dump(node)
        spots = sorted(hole.substitute, key=lambda item: item[0].span.start)
        return f"{text} {[self._shown(code) for _, code in spots]}"

    def _extra(self) -> Iterator[ast.arg]:
        """Parameters of the helper that the queries need besides the item."""
        names: set[str] = set()
        for part in self.body:
            for hole in (*part.keys.holes.values(), *part.holes.values()):
                names |= self._names(hole)
        if own := names & self.helper.locals - {self.helper.item}:
            raise Unwritable(
                f"{min(own)} is known in {self.helper.name}() only",
                self.moved[0].lookup.expression,
            )
        arguments = self.helper.node.args
        for rest in (arguments.vararg, arguments.kwarg):
            if rest is not None and rest.arg in names:
                where = self.moved[0].lookup.expression
                raise Unwritable(f"{rest.arg} is known in {self.helper.name}() only", where)
        self.fields = self._fields(self.helper.receiver)
        for parameter in self.helper.parameters:
            if parameter.arg in names and parameter.arg not in (
                self.helper.item,
                self.helper.receiver,
            ):
                yield parameter

    def _fields(self, receiver: str | None) -> frozenset[str]:
        """The attributes of its object that the helper reads."""
        return frozenset(
            node.attr
            for node in ast.walk(self.helper.node)
            if isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == receiver
        )

    @cached_property
    def _nodes(self) -> dict[Place, ast.expr]:
        return {
            self.scope.place(node): node
            for node in ast.walk(self.helper.node)
            if isinstance(node, ast.expr)
        }

    def _names(self, hole: Hole) -> set[str]:
        """The variables that a piece of code reads."""
        if isinstance(hole, str):
            return set()
        if isinstance(hole, Code):
            return set().union(*(self._names(inner) for _, inner in hole.holes))
        node = self._nodes.get(hole.place)
        if node is None:
            return set()
        gone = {place for place, _ in hole.substitute}
        names = set().union(*(self._names(code) for _, code in hole.substitute))
        return names | set(self._loaded(node, gone))

    def _loaded(self, node: ast.AST, gone: set[Place]) -> Iterator[str]:
        if isinstance(node, ast.expr) and self.scope.place(node) in gone:
            return
        if isinstance(node, ast.Name):
            yield node.id
        for child in ast.iter_child_nodes(node):
            yield from self._loaded(child, gone)

    @property
    def ordered(self) -> list[ast.arg]:
        """The batch function's parameters, in the helper's order, the optional ones last."""
        wanted = {*(p.arg for p in self.extra), self.helper.item}
        listed = [p for p in self.helper.parameters if p.arg in wanted]
        return [p for p in listed if self.default(p) is None or p.arg == self.helper.item] + [
            p for p in listed if self.default(p) is not None and p.arg != self.helper.item
        ]

    def default(self, parameter: ast.arg) -> ast.expr | None:
        arguments = self.helper.node.args
        positional = [*arguments.posonlyargs, *arguments.args]
        found = dict(zip(reversed(positional), reversed(arguments.defaults), strict=False))
        found.update(
            (a, d)
            for a, d in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
            if d is not None
        )
        return found.get(parameter)

    def _import(self, module: str, name: str) -> str:
        self.imports.append(Import(self.place, module, name))
        return name

    @cached_property
    def place(self) -> Place:
        return self.scope.place(self.helper.node)

    @cached_property
    def annotated(self) -> bool:
        return is_annotated(self.scope)

    @cached_property
    def _lazy(self) -> bool:
        """True if annotations are not evaluated, or may be anything that Python has."""
        future = any(
            isinstance(s, ast.ImportFrom)
            and s.module == "__future__"
            and any(alias.name == "annotations" for alias in s.names)
            for s in self.scope.tree.body
        )
        return future or self.scope.settings.python >= (3, 10)

    def _annotation(self, moved: Moved) -> tuple[str, dict[str, Hole]]:
        """What a query finds, as an annotation."""
        found = Annotations(self.scope, self.imports).of(moved.fetch)
        return found or ("set" if moved.fetch.as_set else "dict", {})

    def _header(self) -> tuple[str, dict[str, Hole]]:
        holes: dict[str, Hole] = {}
        listed = [self.helper.receiver] if self.helper.receiver else []
        for number, parameter in enumerate(self.ordered):
            is_item = parameter.arg == self.helper.item
            text = self.helper.items if is_item else parameter.arg
            annotation = parameter.annotation
            if annotation is not None:
                holes[f"a{number}"] = Copied(self.scope.place(annotation))
                inner = f"{{a{number}}}"
                if is_item:
                    kind = "Collection" if len(self.body) > 1 else "Iterable"
                    inner = f"{self._import('collections.abc', kind)}[{inner}]"
                text += f": {inner}"
            default = self.default(parameter)
            if default is not None and not is_item:
                holes[f"d{number}"] = Copied(self.scope.place(default))
                text += f" = {{d{number}}}" if annotation is not None else f"={{d{number}}}"
            listed.append(text)
        returns = ""
        if self.annotated and self.several:
            returns = f" -> {self.record}"
        elif self.annotated:
            text, found = self._annotation(self.moved[0])
            holes.update(found)
            returns = f" -> {text}" if self._lazy or "|" not in text else f' -> "{text}"'
        keyword = "async def" if self.asynchronous else "def"
        if "classmethod" in self.helper.code.decorators:
            keyword = f"@classmethod\n{keyword}"
        return f"{keyword} {self.function}({', '.join(listed)}){returns}:", holes

    def definition(self, statement: ast.stmt) -> tuple[Code | None, Code]:
        """The class of what is found, if there are several queries, and the batch function."""
        header, holes = self._header()
        name, items = self.helper.name, self.helper.items.replace("_", " ")
        what = f"the data of {name}()" if self.several else f"what {name}() looks up"
        lines = [header, f'    """Fetch {what} for all of these {items}."""']
        function = chunks.chunks(self.scope, self.imports, statement)
        for number, part in enumerate(self.body):
            for index, moved in enumerate(part.moved):
                line, more = self._declared(moved, f"t{number}_{index}_")
                lines.append(f"    {line}")
                holes.update(more)
            prefix = f"c{number}_"
            holes.update(part.holes)
            holes.update({prefix + name: hole for name, hole in part.keys.holes.items()})
            keys = _renamed(part.keys.text, part.keys.holes, prefix)
            lines.append(f"    for {part.variable} in {function}({keys}):")
            lines += [f"        {line}" for line in part.lines]
        found = [moved.fetch.found for moved in self.moved]
        result = f"{self.record}({', '.join(found)})" if self.several else found[0]
        lines.append(f"    return {result}")
        return self._record() if self.several else None, Code.of("\n".join(lines), **holes)

    def _declared(self, moved: Moved, prefix: str) -> tuple[str, dict[str, Hole]]:
        empty = "set()" if moved.fetch.as_set else "{{}}"
        if not self.annotated:
            return f"{moved.fetch.found} = {empty}", {}
        text, holes = self._annotation(moved)
        named = {prefix + name: hole for name, hole in holes.items()}
        return f"{moved.fetch.found}: {_renamed(text, holes, prefix)} = {empty}", named

    def _record(self) -> Code:
        holes: dict[str, Hole] = {}
        self._import("typing", "NamedTuple")
        lines = [f"class {self.record}(NamedTuple):"]
        lines += [f'    """What {self.helper.name}() needs to know."""', ""]
        for number, moved in enumerate(self.moved):
            text, found = self._annotation(moved)
            prefix = f"r{number}_"
            holes.update({prefix + name: hole for name, hole in found.items()})
            text = _renamed(text, found, prefix)
            quoted = "|" in text and not self._lazy
            lines.append(f"    {moved.fetch.found}: " + (f'"{text}"' if quoted else text))
        return Code.of("\n".join(lines), **holes)

    # The helper ---------------------------------------------------------------------------

    def in_helper(self) -> tuple[Patch, ...]:
        """All that changes beside the helper and in it."""
        statement = self._first()
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
        receiver = f"{self.helper.receiver}." if self.helper.receiver else ""
        listed = [f"[{p.arg}]" if p.arg == self.helper.item else p.arg for p in self.ordered]
        asked = f"{awaited}{receiver}{self.function}({', '.join(listed)})"
        block = Code.of(f"if {parameter} is None:\n    {parameter} = {asked}")
        patches.append(InsertBefore(self.scope.place(statement), (block,)))
        for moved, requery in zip(self.moved, self._requeries, strict=True):
            patches.append(self._reading(moved))
            patches += moved.fetch.spent(moved.lookup, requery)
            self.imports += moved.fetch.imports
        return tuple(dict.fromkeys([*patches, *self.imports]))

    def _reading(self, moved: Moved) -> Patch:
        fetch, lookup = moved.fetch, moved.lookup
        name = fetch.found
        if self.several:
            fetch.found = f"{self.parameter}.{name}"
        try:
            node, code = fetch.reading(lookup)
        finally:
            fetch.found = name
        return Replace(self.scope.place(node), code)

    def _parameter_type(self) -> Code | None:
        if not self.annotated:
            return None
        text, holes = (self.record, {}) if self.several else self._annotation(self.moved[0])
        if self._lazy:
            return Code.of(f"{text} | None", **holes)
        if "|" in text:
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


def _renamed(text: str, holes: Mapping[str, Hole], prefix: str) -> str:
    """A template with other names for these holes."""
    return re.sub(
        r"\{\{|\}\}|\{(\w+)\}",
        lambda m: f"{{{prefix}{m[1]}}}" if m[1] in holes else m[0],
        text,
    )


def _one_after_the_other(first: Code, second: Code) -> Code:
    """Two statements as one template, with two blank lines between them."""
    return replace(
        Code.of(f"{first.text}\n\n\n{second.text}"),
        holes=tuple(sorted((*first.holes, *second.holes), key=_name)),
    )


def _name(item: tuple[str, Hole]) -> str:
    return item[0]
