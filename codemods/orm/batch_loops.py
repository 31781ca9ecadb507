"""A loop that fetches for all of its items what the helper that it calls asks for."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from codemods.facts.symbols import dotted_name
from codemods.finding import Precondition, Status, none_refuted, worst
from codemods.orm import batch_changes, batch_checks, chunks, headers, lambdas, local_imports
from codemods.orm.batch_slices import stand_in
from codemods.orm.eager_options import reachable
from codemods.orm.events import Loop, Run
from codemods.orm.fetches import Fetch
from codemods.orm.key_loops import Collection, NotCollectable
from codemods.orm.keys import KeyPart
from codemods.orm.lookups import Lookup
from codemods.orm.naming import free, used_names
from codemods.orm.ports import taken_for
from codemods.orm.preconditions import refuted, unknown
from codemods.orm.query_code import Unwritable
from codemods.orm.slices import collect
from codemods.orm.values import ANYTHING, DATA, Items, Row, Value
from codemods.patch import AddKeyword, Code, Copied, Hole, Import, InsertBefore, Patch

if TYPE_CHECKING:
    from codemods.orm.batch_code import BatchCode
    from codemods.orm.batch_helpers import Helper
    from codemods.orm.batch_sites import Site


class BatchFunction(Protocol):
    """A function that fetches for many calls of a helper what the helper takes as `parameter`.

    `extra` are the parameters of the helper that it needs, too, `fields` the attributes of the
    helper's object that it may read, and `names` the variables.
    """

    several: bool
    asynchronous: bool

    @property
    def parameter(self) -> str: ...

    @property
    def function(self) -> str: ...

    @property
    def what(self) -> str: ...

    @property
    def extra(self) -> tuple[ast.arg, ...]: ...

    @property
    def fields(self) -> frozenset[str]: ...

    @property
    def names(self) -> frozenset[str]: ...

    def item(self, keys: list[Code | Copied]) -> Code | Copied:
        """What it is called with, for what the helper is called with."""

    def arguments(self, given: Mapping[str, Hole], items: Code) -> Iterator[tuple[str, Hole]]:
        """The arguments of a call for many items, with names where they need one."""


@dataclass(eq=False)
class Called:
    """A call in a loop, with what it takes for the loop to fetch before.

    `asked` is the lookup of all that the helper is called with, None where that is not known;
    `shared` is True where an earlier loop has fetched all of it, into the variable `name`.
    `renamed` has the headers of loops whose items have got a name by other calls.
    """

    helper: Helper
    site: Site
    code: BatchCode | None
    asked: Lookup | None = None
    conditions: tuple[Precondition, ...] = ()
    shared: bool = False
    name: str = ""
    renamed: dict[Loop, headers.Header] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.conditions = worst(self._conditions())

    @property
    def possible(self) -> bool:
        return none_refuted(self.conditions)

    def _conditions(self) -> Iterator[Precondition]:
        helper, site, scope = self.helper, self.site, self.site.scope
        if (problem := self._not_understood()) is not None:
            yield refuted(scope, "call-understood", problem)
            return
        if (port := taken_for(site.frame)) is not None:
            yield unknown(
                scope, "takes-a-parameter", f"{port} says what {helper.name}() takes, and another "
                "class that it is written for may stand in for this one",
            )  # fmt: skip
        if not helper.every_moved:
            return
        lookup = helper.every_moved[0].lookup
        model, column = lookup.parts[0].model, lookup.parts[0].column
        parts = tuple(
            KeyPart(model, column, argument, site.frame.env.get(name, DATA))
            for name, argument in self._given.items()
        )
        try:
            run, collection = self._collected(parts)
        except NotCollectable as error:
            yield refuted(scope, "keys-known-before", error.reason)
            return
        # whether it is None, the batch function looks itself
        parts = tuple(replace(part, value=DATA) for part in parts)
        self.asked = Lookup(
            scope, run, lookup.model, parts, lookup.kind, lookup.amount, collection=collection
        )
        yield from batch_checks.of_site(helper, site, self.asked)
        if self.code is not None:
            yield batch_checks.same_arguments(helper, site, self.code)

    @cached_property
    def _given(self) -> dict[str, ast.expr]:
        """What the helper gets for its item: of several parameters, one may be left out that is a
        constant then."""
        found: dict[str, ast.expr] = {}
        for parameter in self.helper.parameters:
            given = self.site.arguments.get(parameter.arg)
            if given is None and len(self.helper.item) > 1:
                default = self.helper.default(parameter)
                given = default if isinstance(default, ast.Constant) else None
            if given is not None and parameter.arg in self.helper.item:
                found[parameter.arg] = given
        return found

    def _collected(self, parts: tuple[KeyPart, ...]) -> tuple[Run, Collection]:
        """What the loop calls the helper with, collected before the loop, and a query that stands
        where the call is.

        Raises:
            NotCollectable: where that is known in the loop only.
        """
        site = self.site
        run = stand_in(site.deep[0], site.call, site.loops)
        return run, collect(site.scope, run, parts)

    def _not_understood(self) -> str | None:
        site, helper = self.site, self.helper
        if site.problem is not None:
            return site.problem[0]
        if site.scope.code.facts is None:
            return "the loop stands outside of functions"
        for name in helper.item:
            if name not in self._given:
                return f"{name} is not given by this call"
        if not set(helper.item) & set(site.varying):
            return f"{helper.title} is the same for every item here"
        if any(loop.deferred for loop in site.loops):
            return "this generator is evaluated later, elsewhere"
        if lambdas.around(site.scope, site.call):
            return "the call stands in a lambda, which is called with something of its own"
        if isinstance(site.call.func, ast.Name) and self._path_differs:
            name = site.call.func.id
            if name not in site.scope.module.imports:
                if self._local_import is None:
                    return f"{name} is imported in a part of the function"
            elif self._imported_late(name):
                return f"{name} is imported after other code, as the modules import each other"
        if isinstance(site.call.func, ast.Attribute) and helper.code.owner is None:
            module = dotted_name(site.call.func.value)
            named = site.scope.index.resolve_local(site.scope.module, module) if module else None
            if named != helper.code.module.module:
                return f"{module or 'it'} has {helper.name}() from another module"
        return None

    def _imported_late(self, name: str) -> bool:
        """True if an import among the first ones of the file would go round in a circle."""
        scope, home = self.site.scope, self.helper.code.module.module
        if scope.module.module not in reachable(scope.program, home):
            return False
        for statement in scope.tree.body:
            match statement:
                case ast.ImportFrom(names=names):
                    if name in (each.asname or each.name for each in names):
                        return False
                case ast.Import() | ast.Expr(value=ast.Constant()):
                    pass
                case _:
                    return True
        return True

    @property
    def imported(self) -> str | None:
        """The module from which the call's function needs the batch function, by its name."""
        local = self._local_import is not None
        if isinstance(self.site.call.func, ast.Name) and self._path_differs and not local:
            return self.helper.code.module.module
        return None

    @cached_property
    def _local_import(self) -> ast.ImportFrom | None:
        """The statement at the beginning of the loop's function that imports the helper."""
        return local_imports.beginning(self.site.scope, self.site.call.func)

    @property
    def _path_differs(self) -> bool:
        return self.site.scope.module.path != self.helper.code.module.path

    # A fetch that another loop has made -------------------------------------------------------

    def shares(self, earlier: Called, extra: tuple[ast.arg, ...]) -> bool:
        """True if what an earlier loop of the function has fetched answers this one, too."""
        one, two = earlier.asked, self.asked
        if one is None or two is None or earlier.helper is not self.helper:
            return False
        if earlier.site.scope is not self.site.scope:
            return False
        same = self._same_items(one, two) or (
            self._among(one, two) and self._comes_after(earlier) and self._as_good(one)
        )
        return same and self._same_arguments(earlier, extra)

    @staticmethod
    def _same_items(one: Lookup, two: Lookup) -> bool:
        """True for another call in the same loop with the same item."""
        assert one.collection is not None and two.collection is not None
        levels = (*one.collection.levels, *two.collection.levels)
        return (
            len(levels) == 2
            and levels[0].loop is levels[1].loop
            and not levels[0].guards
            and _is_item(one)
            and _is_item(two)
        )

    @staticmethod
    def _among(one: Lookup, two: Lookup) -> bool:
        """True if these items are rows of the query whose rows the other loop goes over."""
        assert one.collection is not None and two.collection is not None
        levels = one.collection.levels
        items = levels[-1].loop.items
        whole = not any(level.guards for level in levels)
        if not whole or not isinstance(items, Items) or items.run is None:
            return False
        element = two.collection.levels[-1].loop.element
        if not isinstance(element, Row) or not element.origins:
            return False
        return (_is_item(one) and _is_item(two)) and all(
            origin.run is items.run and not origin.path for origin in element.origins
        )

    def _comes_after(self, earlier: Called) -> bool:
        """True if the other fetch has always been made when this loop begins."""
        return self._since(earlier) is not None

    def _since(self, earlier: Called) -> ast.stmt | None:
        """The statement with this loop that comes after the other loop in the same block."""
        scope = self.site.scope
        block, position = scope.flow.blocks.get(earlier.statement, (None, 0))
        node: ast.AST | None = self.statement
        while node is not None and node is not scope.node:
            if isinstance(node, ast.stmt):
                own, at = scope.flow.blocks.get(node, (None, 0))
                if block is not None and own is block:
                    return node if at > position else None
            node = scope.parents.get(node)
        return None

    def _same_arguments(self, earlier: Called, extra: tuple[ast.arg, ...]) -> bool:
        """True if all that the queries need besides the item is what the earlier call gives."""
        given: dict[ast.expr, Value | None] = {}
        sites = (earlier.site, self.site)
        pairs = [[site.arguments.get(parameter.arg) for site in sites] for parameter in extra]
        values = [
            (
                None
                if batch_checks.is_session(self.helper, self.site, parameter)
                else self.site.frame.env.get(parameter.arg, ANYTHING)
            )
            for parameter in extra
        ]
        if self.helper.is_method:
            pairs.append([site.receiver for site in sites])
            values.append(None)
        for (one, two), value in zip(pairs, values, strict=True):
            if one is not None and two is not None and ast.dump(one) == ast.dump(two):
                given[two] = value
            elif one is not two:
                return False
        later = self._since(earlier)
        fields = self.code.fields if self.code is not None else frozenset()
        fields |= frozenset(batch_changes.conditions(self.helper))
        return later is None or not batch_changes.between(
            self.site.scope, given, fields, earlier.statement, later
        )

    def _as_good(self, one: Lookup) -> bool:
        """True if nothing in between makes it doubtful."""
        assert self.asked is not None
        found = batch_checks.of_site(self.helper, self.site, self.asked, one.loop.first)
        known = {condition.name: condition.status for condition in self.conditions}
        return all(
            condition.status is Status.PROVEN
            or (condition.status is known[condition.name] is not Status.REFUTED)
            for condition in worst(found)
        )

    # What is written -------------------------------------------------------------------------

    @cached_property
    def statement(self) -> ast.stmt:
        assert self.asked is not None
        return self.asked.loop.statement

    def handed(self, code: BatchFunction, name: str) -> Patch:
        """The loop hands over what is in the variable `name`."""
        self.name = name
        return AddKeyword(self.site.scope.place(self.site.call), code.parameter, Code.of(name))

    def patches(self, code: BatchFunction, taken: set[str]) -> Iterator[Patch]:
        """What changes in the loop's function, where it fetches itself.

        Args:
            taken: names that must not be used there; the new one is added to them.

        Raises:
            Unwritable: where there is no way to write it.
        """
        asked, scope, statement = self.asked, self.site.scope, self.statement
        assert asked is not None
        if scope.text(statement).startswith("elif") or isinstance(statement, ast.While):
            raise Unwritable("nothing can stand before this condition", statement)
        if statement not in scope.flow.blocks:
            raise Unwritable("nothing can stand before this loop", statement)
        Fetch(asked, None, set(taken)).evaluated_first(statement)
        header = self.renamed.get(asked.loop) or headers.header(asked, taken)
        if header.patches:
            self.renamed[asked.loop] = headers.Header((), header.iterable)
        collected = chunks.collected(asked, header.iterable, taken, code.item)
        if isinstance(self.site.call.func, ast.Name):
            if code.function in used_names(scope.node):
                raise Unwritable(f"{code.function} means something else here", statement)
            taken.add(code.function)
        spare = f"{code.what}_data" if code.several else f"found_{code.parameter}"
        name = free(code.parameter, spare, taken=taken)
        taken.add(name)
        text = collected.text if " for " not in collected.text else f"[{collected.text}]"
        items = Code.of(text, **collected.holes)
        fetch = self._call(code, items)
        fetched = Code.of(f"{name} = {'await ' if code.asynchronous else ''}{{fetch}}", fetch=fetch)
        place = scope.place(statement)
        yield InsertBefore(place, (*header.statements, *collected.statements, fetched))
        yield from header.patches
        yield self.handed(code, name)
        if self.imported is not None:
            yield Import(place, self.imported, code.function)
        if (local := self._local_import) is not None:
            yield local_imports.also(scope, local, code.function)

    def _call(self, code: BatchFunction, items: Code) -> Code:
        place = self.site.scope.place
        given: dict[str, Hole] = {
            name: Copied(place(node)) for name, node in self.site.arguments.items()
        }
        holes: dict[str, Hole] = {}
        listed = []
        for number, (name, value) in enumerate(code.arguments(given, items)):
            holes[f"a{number}"] = value
            listed.append(f"{name}={{a{number}}}" if name else f"{{a{number}}}")
        function = code.function
        if isinstance(self.site.call.func, ast.Attribute):
            holes["owner"] = Copied(place(self.site.call.func.value))
            function = f"{{owner}}.{function}"
        return Code.of(f"{function}({', '.join(listed)})", **holes)


def _is_item(lookup: Lookup) -> bool:
    """True if the helper is called with the item of the innermost loop itself."""
    assert lookup.collection is not None
    if len(lookup.parts) > 1:
        return False
    node, operand = lookup.collection.levels[-1].loop.node, lookup.parts[0].operand
    match operand, getattr(node, "target", None):
        case ast.Name(id=name), ast.Name(id=target):
            return name == target
    return False
