"""The code that fetches what a loop looks up, before the loop."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm import chunks, existence, headers, small_keys, uses
from codemods.orm.annotated import Annotations, is_annotated
from codemods.orm.figures import as_hole
from codemods.orm.fillings import Filling
from codemods.orm.forwarded import Forwarded
from codemods.orm.lookup_shapes import LISTS, fallback
from codemods.orm.naming import free, noun, plural, snake
from codemods.orm.not_found import result_name
from codemods.orm.query_code import Unwritable
from codemods.orm.requery import Requery
from codemods.orm.totals import Totals
from codemods.orm.upserts import Upkeep, constructed
from codemods.orm.values import Items
from codemods.patch import Code, Copied, Hole, InsertAfter, InsertBefore, Patch, Remove, Replace

if TYPE_CHECKING:
    from codemods.orm.lookups import Lookup


class Fetch:
    """Writes one lookup as a fetch before the loop and a look into what it found.

    `taken` are names that must not be used but for those of `spare`, which a key's column may have
    there; those that the fetch uses are added to it. `twins` ask for the same in the same loop.
    """

    def __init__(
        self,
        lookup: Lookup,
        upkeep: Upkeep | None,
        taken: set[str],
        twins: tuple[Lookup, ...] = (),
    ) -> None:
        self.lookup = lookup
        self.twins = twins
        self.scope = lookup.scope
        self.upkeep = upkeep or Upkeep()
        self.imports: list[Patch] = []
        self.spare: frozenset[str] = frozenset()
        self.found = free(*self._wanted(), taken=taken)
        taken.add(self.found)
        key = "_and_".join(part.column.name for part in lookup.parts)
        used = set() if isinstance(self.scope.node, ast.Module) else chunks.reusable(self.scope)
        self.keys = free(plural(key), "chunk", "keys", taken=taken - used)
        self.row = self._row_name(taken)
        self.taken = taken

    # Names --------------------------------------------------------------------------------

    def _wanted(self) -> tuple[str, ...]:
        lookup = self.lookup
        one = noun(lookup.model)
        key = "_and_".join(part.column.name for part in lookup.parts)
        by = f"{plural(one)}_by_{key}"
        if self.as_set:
            return f"known_{plural(key)}", f"{plural(key)}_of_{plural(one)}"
        match lookup.kind:
            case "count":
                return f"{one}_counts", f"{one}_counts_by_{key}"
            case "aggregate":
                function = lookup.aggregate.function if lookup.aggregate else "total"
                return f"{one}_{plural(function)}", f"{one}_{plural(function)}_by_{key}"
            case "value" | "values" | "columns" | "tuples" if len(lookup.columns) == 1:
                name = plural(lookup.columns[0].column.name)
                return name, f"{one}_{name}", f"{one}_{name}_by_{key}"
            case "totals" if lookup.totals and lookup.totals.columns == (None,):
                return f"{one}_counts", f"{one}_counts_by_{key}"
            case "figures":
                return f"{one}_figures", f"{one}_figures_by_{key}"
            case "totals":
                return f"{one}_totals", f"{one}_totals_by_{key}"
            case "rows":
                return by, plural(one)
        return (plural(one), by) if len(lookup.parts) == 1 else (by, plural(one))

    def _row_name(self, taken: set[str]) -> str:
        """A variable for one row: the one that the loop uses, if that is seen nowhere else."""
        name = result_name(self.lookup)
        # a type checker would have the variable's type from here on
        usable = self.lookup.kind == "row" and not is_annotated(self.scope)
        if name is not None and usable and self.lookup.amount != "one":
            owner = self.lookup.loop.owner
            inside = [n for n in walk(owner) if isinstance(n, ast.Name) and n.id == name]
            everywhere = [
                n for n in walk(self.scope.node) if isinstance(n, ast.Name) and n.id == name
            ]
            direct = isinstance(owner, ast.For) and self.lookup.run.statement in owner.body
            arguments = {n.arg for n in walk(self.scope.node) if isinstance(n, ast.arg)}
            if direct and len(inside) == len(everywhere) and name not in arguments:
                return name
        one = noun(self.lookup.model)
        return free(one, "row", f"found_{one}", taken=taken)

    # What is kept -------------------------------------------------------------------------

    @cached_property
    def as_set(self) -> bool:
        return self.lookup.tested is not None

    @cached_property
    def as_groups(self) -> bool:
        """True if a list is kept for each key."""
        lookup = self.lookup
        if self.as_set:
            return False
        if lookup.kind in LISTS:
            return True
        if lookup.amount == "one" and lookup.kind in ("row", "value", "columns"):
            return not self._single
        return (
            lookup.amount == "one_or_none"
            and not lookup.is_unique
            and not lookup.is_get
            and (lookup.kind in ("row", "value", "columns"))
        )

    @cached_property
    def _single(self) -> bool:
        """True if a dict without a key says that there is no row, and there are never several."""
        nullable = any(c.column.may_be_null for c in self.lookup.columns)
        return self.lookup.is_unique and not (self.lookup.kind == "value" and nullable)

    @cached_property
    def ranked(self) -> bool:
        """True if one row of several has to be picked for each key."""
        lookup = self.lookup
        return (
            not self.as_set
            and lookup.kind in ("row", "value", "columns")
            and lookup.amount == "first"
            and not lookup.preloaded
            and not lookup.is_unique
            and lookup.extreme is None
        )

    def key(self, codes: list[Code | Copied]) -> Code | Copied:
        if len(codes) == 1:
            return codes[0]
        holes: dict[str, Hole] = {f"k{n}": code for n, code in enumerate(codes)}
        return Code.of(f"({', '.join(f'{{{name}}}' for name in holes)})", **holes)

    @property
    def asked(self) -> Code | Copied:
        return self.key([part.asked(self.scope) for part in self.lookup.parts])

    def row_key(self, row: str) -> str:
        names = [f"{row}.{part.column.name}" for part in self.lookup.parts]
        return names[0] if len(names) == 1 else f"({', '.join(names)})"

    # What the loop reads ------------------------------------------------------------------

    def reading(self, lookup: Lookup) -> tuple[ast.expr | ast.stmt, Code]:
        """The expression in the loop that goes, and what comes instead."""
        node, code = self._reading(lookup)
        if isinstance(lookup.run, Forwarded) and lookup.tested is None:
            asked = Copied(self.scope.place(lookup.expression))
            key = self.key([part.asked(self.scope) for part in lookup.parts])
            plain = code == Code.of(f"{self.found}.get({{key}})", key=key)
            if (given := lookup.run.with_more) is not None and plain:
                text = given.replace("{value}", f"{self.found}[{{key}}]")
                text += f" if {{key}} in {self.found} else {{asked}}"
                return node, Code.of(text, key=key, asked=asked)
            code = lookup.run.made_of(code, lookup.kind == "count", asked)
        return node, code

    def _reading(self, lookup: Lookup) -> tuple[ast.expr | ast.stmt, Code]:
        found, key = self.found, self.key([part.asked(self.scope) for part in lookup.parts])
        if lookup.tested is not None:
            node, wanted = lookup.tested
            return node, Code.of(f"{{key}} {'in' if wanted else 'not in'} {found}", key=key)
        node = lookup.expression
        if lookup.totals is not None:
            return self.totals_reading(lookup.totals, key)
        if lookup.kind == "count":
            return node, Code.of(f"{found}.get({{key}}, 0)", key=key)
        if lookup.figures is not None:
            names = self.total_names if lookup.figures.assigned is not None else ()
            return lookup.figures.reading(self.scope, node, Code.of(found), key, names)
        given = fallback(lookup.aggregate) if lookup.aggregate is not None else None
        if given is not None:
            none = as_hole(self.scope, given)
            return node, Code.of(f"{found}.get({{key}}, {{none}})", key=key, none=none)
        if not self.as_groups:
            code = Code.of(f"{found}.get({{key}})", key=key)
            if lookup.aborts:
                return node, self._aborting(lookup, code)
            if lookup.amount == "one" and lookup.kind in ("row", "value", "columns"):
                function = chunks.picker(self.scope, "required", self.imports)
                code = Code.of(f"{function}({{row}})", row=code)
            return node, code
        code = Code.of(f"{found}.get({{key}}, [])", key=key)
        if lookup.kind in LISTS:
            if not uses.only_read(self.scope, node, lookup.loop.owner):
                code = Code.of("list({rows})", rows=code)
            return node, code
        function = chunks.picker(self.scope, lookup.amount, self.imports)
        return node, Code.of(f"{function}({{rows}})", rows=code)

    def _aborting(self, lookup: Lookup, row: Code) -> Code:
        """The row, or the answer that there is none, with the description that the code gives."""
        function = chunks.picker(self.scope, "or_404", self.imports)
        node = lookup.run.node
        assert isinstance(node, ast.Call)
        given = node.args[1:] if lookup.is_get else node.args
        for described in (*given, *(k.value for k in node.keywords)):
            text = Copied(self.scope.place(described))
            return Code.of(f"{function}({{row}}, {{description}})", row=row, description=text)
        return Code.of(f"{function}({{row}})", row=row)

    def totals_reading(
        self, totals: Totals, key: Code | Copied
    ) -> tuple[ast.expr | ast.stmt, Code]:
        names, found = self.total_names, self.found
        missing = "0" if len(names) == 1 else f"({', '.join('0' for _ in names)})"
        code = Code.of(f"{found}.get({{key}}, {missing})", key=key)
        if totals.assigned is None:
            return totals.places[0][0], code
        return totals.assigned, Code.of(f"{', '.join(names)} = {{totals}}", totals=code)

    @cached_property
    def total_names(self) -> tuple[str, ...]:
        """The variables of the loop that hold what was read of a list, or of a row of figures."""
        if self.lookup.figures is not None:
            return self.lookup.figures.names(self.taken)
        assert self.lookup.totals is not None
        return self.lookup.totals.names(self.lookup.model, self.taken)

    def read_apart(self) -> list[Patch]:
        """Places that measured a list, or read figures, read a variable each; a None is False."""
        if self.as_set:
            return [p for each in (self.lookup, *self.twins) for p in existence.as_truth(each)]
        if (read := self.lookup.figures or self.lookup.totals) is None or read.assigned is None:
            return []
        named, place = self.total_names, self.scope.place
        return [Replace(place(node), Code.of(named[n])) for node, n in read.numbered]

    # All of it ----------------------------------------------------------------------------

    def patches(self) -> tuple[Patch, ...]:
        """Raises Unwritable where there is no way to write it."""
        lookup, scope = self.lookup, self.scope
        loop = lookup.loop
        assert lookup.collection is not None
        statement = loop.statement
        if scope.text(statement).startswith("elif") or isinstance(statement, ast.While):
            raise Unwritable("nothing can stand before this condition", statement)
        if statement not in scope.flow.blocks:
            raise Unwritable("nothing can stand before this loop", statement)
        self._session_outside()
        self.evaluated_first(statement)
        filling, known = Filling(self), small_keys.few(lookup)
        statements: tuple[Code, ...]
        if lookup.preloaded:
            header = headers.Header((), "")
            lines, holes, requery = filling.lines()
            statements = filling.whole(self._declared(), lines, holes)
        elif known is not None:
            header, made = self._few(known)
            lines, holes, requery = filling.lines()
            filled = filling.whole(self._declared(), lines, holes)
            if not known.some:
                text = f"if {self.keys}:\n" + "\n".join(f"    {line}" for line in lines)
                filled = (self._declared(), Code.of(text, **holes))
            statements = (*made, *filled)
        else:
            header = self.header()
            collected = chunks.collected(lookup, header.iterable, self.taken, self.key)
            lines, holes, requery = filling.lines()
            function = chunks.chunks(scope, self.imports, statement)
            text = f"for {self.keys} in {function}({collected.text}):\n" + "\n".join(
                f"    {line}" for line in lines
            )
            fetch = Code.of(text, **collected.holes, **holes)
            statements = (*header.statements, *collected.statements, self._declared(), fetch)
        readings = [self.reading(each) for each in (lookup, *self.twins)]
        patches: list[Patch] = [
            InsertBefore(scope.place(statement), statements),
            *header.patches,
            *(Replace(scope.place(node), code) for node, code in readings),
            *self.read_apart(),
            *self.kept_up(),
            *(patch for each in (lookup, *self.twins) for patch in self.spent(each, requery)),
        ]
        return tuple(dict.fromkeys([*patches, *requery.imports, *self.imports]))

    def header(self) -> headers.Header:
        """How the loop's items are gone over twice."""
        return headers.header(self.lookup, self.taken)

    def _few(self, known: small_keys.Few) -> tuple[headers.Header, tuple[Code, ...]]:
        """The header and the statement that lists keys which are few for certain."""
        lookup = self.lookup
        header = self.header()
        collected = chunks.collected(lookup, header.iterable, self.taken, self.key)
        node = lookup.loop.iterable
        if collected.text == "{i0}" and isinstance(node, ast.Name) and _is_sequence(lookup):
            self.keys = node.id
            return header, header.statements
        wanted = plural("_and_".join(part.column.name for part in lookup.parts))
        self.keys = free(wanted, f"wanted_{wanted}", "keys", taken=self.taken)
        self.taken.add(self.keys)
        made, patches = small_keys.statements(lookup, known, header, collected, self.keys)
        return headers.Header(made, header.iterable, patches), made

    def evaluated_first(self, statement: ast.stmt) -> None:
        """Raises Unwritable where a part of the loop's statement has to come before the fetch."""
        headers.evaluated_first(self.scope, self.lookup.loop, statement)

    def _session_outside(self) -> None:
        loop, node = self.lookup.loop, self.lookup.run.session_node
        if node is None:
            return
        bound = set(loop.assigned) | set(loop.names)
        if any(isinstance(n, ast.Name) and n.id in bound for n in walk(node)):
            raise Unwritable("the session is made in the loop", node)

    def _declared(self) -> Code:
        empty = "set()" if self.as_set else "{{}}"
        annotation = Annotations(self.scope, self.imports).of(self)
        if annotation is None:
            return Code.of(f"{self.found} = {empty}")
        text, holes = annotation
        return Code.of(f"{self.found}: {text} = {empty}", **holes)

    def kept_up(self) -> list[Patch]:
        patches: list[Patch] = []
        lookup, scope = self.lookup, self.scope
        for effect in self.upkeep.statements:
            place = scope.place(effect.statement)
            key = self.asked
            if effect.act.value == "delete":
                patches.append(
                    InsertAfter(place, (Code.of(f"del {self.found}[{{key}}]", key=key),))
                )
                continue
            if self.as_set:
                patches.append(
                    InsertAfter(place, (Code.of(f"{self.found}.add({{key}})", key=key),))
                )
                continue
            made = constructed(lookup, effect)
            assert made is not None and isinstance(effect.node, ast.Call)
            match effect.node.args[0]:
                case ast.Name(id=name):
                    pass
                case _:
                    name = free(f"new_{snake(lookup.model.name)}", taken=self.taken)
                    patches.append(
                        InsertBefore(
                            place, (Code.of(f"{name} = {{made}}", made=Copied(scope.place(made))),)
                        )
                    )
                    patches.append(Replace(scope.place(made), Code.of(name)))
            kept = f"[{name}]" if self.as_groups else name
            patches.append(
                InsertAfter(place, (Code.of(f"{self.found}[{{key}}] = {kept}", key=key),))
            )
        return patches

    def spent(self, lookup: Lookup, requery: Requery) -> list[Patch]:
        """Statements of the loop that only the old query needed."""
        spent = list(requery.spent) if lookup is self.lookup else []
        run = lookup.run
        owner = self.scope.parents.get(run.node)
        if isinstance(owner, ast.Await):
            owner = self.scope.parents.get(owner)
        if isinstance(owner, ast.Assign) and run.node not in set(walk(lookup.expression)):
            match owner.targets:
                case [ast.Name(id=name)]:
                    loads = [
                        n
                        for n in walk(self.scope.node)
                        if isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Load)
                    ]
                    if len(loads) != 1:
                        raise Unwritable("the result is read in several ways", owner)
                    spent.append(owner)
                case _:
                    raise Unwritable("the result is read in several ways", owner)
        taken, place = requery.steps.comments, self.scope.place
        return [Remove(place(each), taken.get(each, ())) for each in dict.fromkeys(spent)]


def _is_sequence(lookup: Lookup) -> bool:
    found = lookup.loop.items
    return isinstance(found, Items) and found.kind in ("list", "tuple")
