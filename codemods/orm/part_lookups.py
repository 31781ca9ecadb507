"""Parts of a collection as lookups of a loop: what is asked for all of its rows at once."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.orm import dynamic, headers
from codemods.orm.events import Run
from codemods.orm.fetches import Fetch
from codemods.orm.key_parts import key_parts
from codemods.orm.lookup_shapes import Amount, Kind
from codemods.orm.lookups import Lookup
from codemods.orm.naming import plural, snake
from codemods.orm.partial_reads import PartialRead, Wanted, given_none, stays_list
from codemods.orm.query import Ordering, Query, QueryCall
from codemods.orm.query_code import Unwritable
from codemods.orm.slices import collect
from codemods.orm.totals import Totals
from codemods.orm.values import ColumnRef
from codemods.patch import Code, Copied, Patch

if TYPE_CHECKING:
    from codemods.orm.events import Loop, Read
    from codemods.orm.requery import Requery
    from codemods.orm.scope import Scope
    from codemods.orm.window_tests import WindowTest
    from codemods.project.model import Model

_KINDS: dict[Wanted, tuple[Kind, Amount]] = {
    "rows": ("rows", "many"), "row": ("row", "first"), "first rows": ("rows", "many"),
    "count": ("count", "one"), "sum": ("totals", "many"), "extreme": ("value", "first"),
    "any": ("exists", "first"), "there": ("exists", "first"),
}  # fmt: skip


@dataclass(eq=False, kw_only=True)
class PartLookup(Lookup):
    """A lookup of what `part` wants; `test` has its conditions on the rows."""

    part: PartialRead
    test: WindowTest = field(repr=False)

    @property
    def added(self) -> Sequence[Code]:
        return self.test.codes

    @cached_property
    def extreme(self) -> str | None:
        if self.part.wanted != "extreme":
            return None
        return "max" if self.part.descending else "min"


def part_lookup(
    scope: Scope, read: Read, sent: Run, target: Model, part: PartialRead, test: WindowTest
) -> PartLookup:
    """The lookup for a read of a collection on rows of the query `sent`.

    Raises:
        NotCollectable: where the keys of the rows cannot be known before the loop.
        Unwritable: where nothing says how the rows of one row are found.
    """
    node = part.collection
    found = dynamic.collection(scope.flow, node, read.row, read.step, target)
    if not isinstance(found, Query) or found.related is None:
        raise Unwritable("how the rows are found is not known", node)
    if found.related.problem is not None or found.related.through:
        raise Unwritable(found.related.problem or "another table leads to the rows", node)
    query = _ordered(replace(found, style=sent.query.style), target, part)
    expression = part.of if part.wanted == "there" else part.node
    run = Run(
        index=read.index, node=_asked(sent, node), statement=read.statement, inner=read.inner,
        frame=read.frame, loops=read.loops, branches=read.branches, tries=read.tries, query=query,
        terminal="iterate" if query.style == "legacy" else "all", expression=expression,
        session=sent.session, session_node=sent.session_node, awaited=sent.awaited,
        no_autoflush=read.no_autoflush,
    )  # fmt: skip
    names = frozenset().union(*(loop.names | loop.assigned for loop in read.loops))
    keys, _ = key_parts(scope, run, target, names)
    if not keys:
        raise Unwritable("the rows do not belong to those of the loop", node)
    kind, amount = _KINDS[part.wanted]
    column = target.columns.get(part.by)
    lookup = PartLookup(
        scope, run, target, tuple(keys), kind, amount, part=part, test=test,
        columns=(ColumnRef(target, column),) if part.wanted == "extreme" and column else (),
        totals=Totals(((part.node, column),), None) if part.wanted == "sum" else None,
    )  # fmt: skip
    lookup.collection = collect(scope, run, lookup.parts)
    return lookup


def _asked(sent: Run, node: ast.expr) -> ast.expr:
    """What would ask for the rows of one row."""
    if sent.query.style == "legacy":
        return node
    if sent.session_node is None:
        raise Unwritable("the session has no name here", node)
    match sent.node:
        case ast.Call(func=ast.Attribute(attr="exec")):
            method = "exec"
        case _:
            method = "scalars"
    function = ast.Attribute(sent.session_node, method, ast.Load())
    call = ast.Call(ast.copy_location(function, node), [node], [])
    return ast.copy_location(call, node)


def _ordered(query: Query, target: Model, part: PartialRead) -> Query:
    """The query in the order of the part that it wants, with its LIMIT."""
    assert query.related is not None
    node: ast.Attribute = query.related.node
    if part.by and part.wanted != "sum":
        own = Ordering(node, target, target.columns.get(part.by), part.descending)
        query = replace(query, orderings=(own,))
    elif part.wanted in ("row", "first rows") and part.descending:
        turned = tuple(replace(o, descending=not o.descending) for o in query.orderings)
        query = replace(query, orderings=turned)
    if part.limit is not None:
        call = ast.copy_location(ast.Call(node, [], []), node)
        query = replace(query, limit=part.limit, calls=(QueryCall("limit", call),))
    return query


class PartFetch(Fetch):
    """Writes the fetch of a part, and what reads it; `made` are the headers of loops."""

    def __init__(
        self, lookup: PartLookup, taken: set[str], twins: tuple[PartLookup, ...],
        made: dict[Loop, headers.Header],
    ) -> None:  # fmt: skip
        self.made = made
        self.part = lookup.part
        super().__init__(lookup, None, taken, twins)

    def header(self) -> headers.Header:
        loop = self.lookup.loop
        if loop in self.made:
            return headers.Header((), self.made[loop].iterable)
        return self.made.setdefault(loop, super().header())

    def spent(self, lookup: Lookup, requery: Requery) -> list[Patch]:
        """None: the statement that names the collection goes with all of its parts."""
        return []

    def _wanted(self) -> tuple[str, ...]:
        part, rows = self.part, plural(snake(self.lookup.model.name))
        key = "_and_".join(p.column.name for p in self.lookup.parts)
        which = "last" if part.descending else "first"
        match part.wanted:
            case "row" | "first rows":
                return f"{which}_{rows}", f"{which}_{rows}_by_{key}"
            case "extreme":
                name = f"{'max' if part.descending else 'min'}_{part.by}"
                return f"{name}_by_{key}", f"{snake(self.lookup.model.name)}_{name}_by_{key}"
        return super()._wanted()

    def reading(self, lookup: Lookup) -> tuple[ast.expr | ast.stmt, Code]:
        assert isinstance(lookup, PartLookup)
        part, found = lookup.part, self.found
        key = self.key([each.asked(self.scope) for each in lookup.parts])
        if part.wanted in ("there", "any"):
            if lookup.tested is not None and self.as_set:
                return super().reading(lookup)
            word = "not in" if part.node is not part.of else "in"
            return part.node, Code.of(f"{{key}} {word} {found}", key=key)
        if part.wanted == "rows":
            return self._rows(lookup, Code.of(f"{found}.get({{key}}, [])", key=key))
        if part.wanted in ("count", "sum"):
            return part.node, Code.of(f"{found}.get({{key}}, 0)", key=key)
        if part.wanted == "first rows":
            code = Code.of(f"{found}.get({{key}}, [])", key=key)
            if not stays_list(self.scope, part, lookup.loop.owner):
                code = Code.of("list({rows})", rows=code)
            return part.node, code
        return self._one(part, key)

    def _one(self, part: PartialRead, key: Code | Copied) -> tuple[ast.expr, Code]:
        """A row, or the largest of a column, and what the code does without one."""
        whole = given_none(self.scope, part)
        if whole is not None:
            return whole, Code.of(f"{self.found}.get({{key}})", key=key)
        match part.default:
            case None:
                return part.node, Code.of(f"{self.found}[{{key}}]", key=key)
            case ast.Constant(None):
                return part.node, Code.of(f"{self.found}.get({{key}})", key=key)
        default = Copied(self.scope.place(part.default))
        code = Code.of(f"{self.found}.get({{key}}, {{default}})", key=key, default=default)
        return part.node, code

    def _rows(self, lookup: PartLookup, rows: Code) -> tuple[ast.expr | ast.stmt, Code]:
        """The rows, without the conditions that the database has seen to."""
        part, place = lookup.part, self.scope.place
        made, kept = part.made, lookup.test.kept
        if made is None or len(kept) == len(part.tests):
            return part.of, rows
        tests = {f"t{number}": Copied(place(test)) for number, test in enumerate(kept)}
        loop = f"for {part.row} in {{rows}}" + "".join(f" if {{{name}}}" for name in tests)
        match made:
            case ast.ListComp(elt=ast.Name(id=part.row)) if not kept:
                if stays_list(self.scope, replace(part, node=made), lookup.loop.owner):
                    return made, rows
                return made, Code.of("list({rows})", rows=rows)
            case ast.DictComp(key=key, value=value):
                text = f"{{{{{{key}}: {{value}} {loop}}}}}"
                key_, value_ = Copied(place(key)), Copied(place(value))
                return made, Code.of(text, key=key_, value=value_, rows=rows, **tests)
            case ast.ListComp(elt=elt):
                text = f"[{{elt}} {loop}]"
            case ast.SetComp(elt=elt):
                text = f"{{{{{{elt}} {loop}}}}}"
            case ast.GeneratorExp(elt=elt):
                match self.scope.parents.get(made):
                    case ast.Call(args=[only], keywords=[], func=function) as call if only is made:
                        text = f"{{function}}({{elt}} {loop})"
                        holes = {"function": Copied(place(function)), "elt": Copied(place(elt))}
                        return call, Code.of(text, **holes, rows=rows, **tests)
                return part.of, rows
        return made, Code.of(text, elt=Copied(place(elt)), rows=rows, **tests)
