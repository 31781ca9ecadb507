"""A lookup's query again, for many keys at once: the same conditions, joins and options."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.anew import Anew
from codemods.orm.begun import begins
from codemods.orm.conjuncts import conjuncts
from codemods.orm.filter_words import compared
from codemods.orm.forwarded import Forwarded
from codemods.orm.handed_queries import passage
from codemods.orm.query import Aggregate
from codemods.orm.query_code import Unwritable, as_code, called
from codemods.orm.query_steps import Steps, is_single, targets_of
from codemods.orm.selected_columns import columns_owner
from codemods.orm.tallies import is_exec
from codemods.orm.unrelated import OfAllRows, bound
from codemods.patch import Code, Copied, Hole, Import, Patch

if TYPE_CHECKING:
    from codemods.orm.keys import KeyPart
    from codemods.orm.lookups import Lookup
    from codemods.orm.query import Ordering, QueryCall
    from codemods.project.model import Model


class Requery:
    """Writes the query of a lookup with `IN` in place of its keys, which the variable `keys` holds,
    and without the calls of the chain that are `dropped`."""

    from_own = False  # True if it says which table it begins with

    def __init__(self, lookup: Lookup, keys: str, dropped: frozenset[str] = frozenset()) -> None:
        self.lookup, self.scope = lookup, lookup.scope
        self.keys, self.dropped = keys, dropped
        self.imports: list[Patch] = []
        self.spent: list[ast.stmt] = []
        self.columns: tuple[Code, ...] | None = None
        self.steps = Steps(self)
        found = lookup.query.related
        self.other = OfAllRows(self, found) if found is not None else None
        self.anew: Anew | None = None
        if isinstance(lookup.run, Forwarded):
            self.anew = Anew(self, lookup.run)
            self.imports += lookup.run.imports

    # Names and columns --------------------------------------------------------------------

    @property
    def place(self) -> ast.expr:
        return self.lookup.expression

    def imported(self, name: str, module: str = "sqlalchemy") -> str:
        if name == "select" and is_exec(self.lookup.run):
            module = "sqlmodel"  # `exec()` of another SELECT gives tuples
        self.imports.append(Import(self.scope.place(self.place), module, name))
        return name

    def model(self) -> Hole:
        """How the lookup names its class."""
        if self.other is not None:
            return self.other.model()
        own = [each for each in self.lookup.query.entities if each.node in self.scope.parents]
        for entity in own:
            if entity.model is not None:
                return Copied(self.scope.place(entity.node))
            if (owner := columns_owner(entity, self.lookup.model)) is not None:
                return Copied(self.scope.place(owner))
        for part in self.lookup.parts:
            column = self._side(part.predicate.node) if part.predicate else None
            if column is not None and part.model is self.lookup.model:
                return Copied(self.scope.place(column.value))
        if not own:
            return self.named(self.lookup.model)
        raise Unwritable("the class has no name here", self.place)

    def named(self, model: Model) -> str:
        """The name that a class has in the file, or that is imported for it."""
        from codemods.orm.eager_options import class_name

        name, imports = class_name(self.scope, model.full_name, self.scope.place(self.place))
        if not imports and name.partition(".")[0] in bound(self.scope.node):
            raise Unwritable(f"{name} means something else here", self.place)
        self.imports += imports
        return name

    def _side(self, node: ast.expr) -> ast.Attribute | None:
        match node:
            case ast.Compare(left=ast.Attribute() as left, comparators=[right]):
                operands = {id(p.operand) for p in self.lookup.parts}
                if id(left) not in operands:
                    return left
                return right if isinstance(right, ast.Attribute) else None
            case ast.Compare(comparators=[ast.Attribute() as right]):
                return right
        return None

    def attribute(self, name: str) -> Code:
        return Code.of(f"{{model}}.{name}", model=self.model())

    def key_columns(self) -> tuple[Code, ...]:
        return tuple(self._key_column(part) for part in self.lookup.parts)

    def _key_column(self, part: KeyPart) -> Code:
        if part.computed is not None:
            return as_code(Copied(self.scope.place(part.computed)))
        if part.model is self.lookup.model:
            return self.attribute(part.column.name)
        if self.other is not None and part.predicate is not None and self.other.asks(part):
            return self.other.key_column()
        side = self._side(part.predicate.node) if part.predicate else None
        if side is None:
            raise Unwritable("the column of the key has no name here", self.place)
        return as_code(Copied(self.scope.place(side)))

    def conditions(self) -> list[Hole]:
        """What stands in place of the keys' conditions: none where all rows are fetched."""
        return [] if self.lookup.preloaded else [self.condition()]

    def condition(self) -> Code:
        """`Order.id.in_(ids)`."""
        columns = self.key_columns()
        if len(columns) > 1:
            holes: dict[str, Hole] = {f"c{n}": column for n, column in enumerate(columns)}
            listed = ", ".join(f"{{{name}}}" for name in holes)
            function = self.imported("tuple_")
            return Code.of(f"{function}({listed}).in_({self.keys})", **holes)
        found = Code.of(f"{{column}}.in_({self.keys})", column=columns[0])
        if self.lookup.finds_null:
            # only with the chunk that has None: each would find the rows without a key again
            function = self.imported("or_")
            return Code.of(
                f"{function}({{found}}, {{column}}.is_(None)) if None in {self.keys} else {{found}}",
                found=found, column=columns[0],
            )  # fmt: skip
        return found

    # The chain ----------------------------------------------------------------------------

    def base(self) -> ast.expr:
        """The expression that is the query, before what sends it."""
        run, query = self.lookup.run, self.lookup.query
        if query is not run.query:
            match query.node:
                case ast.Call(func=ast.Attribute(attr="exists", value=value)):
                    return value
            return query.node
        node = run.node
        if run.terminal == "iterate" and query.style == "legacy":
            assert isinstance(node, ast.expr)
            return node
        match node:
            case ast.Call(func=ast.Attribute(value=value)) if query.style == "legacy":
                return value
            case ast.Call(args=[statement], keywords=[]):
                return statement
        raise Unwritable("the statement is sent with more arguments", self.place)

    def statement(self, columns: tuple[Code, ...] | None = None) -> Code:
        """The query; `columns` is what it selects instead of what it did."""
        self.columns = columns
        lookup = self.lookup
        if self.anew is not None:
            return self.anew.statement()
        if lookup.is_get:
            return self._got()
        return as_code(self.chain(self.base()))

    def _got(self) -> Code:
        """What `get()` looks for, as a query."""
        run = self.lookup.run
        if run.query.style == "legacy" and not run.sent_whole:
            return Code.of(
                "{base}.filter({condition})",
                base=self.chain(self.base()),
                condition=self.condition(),
            )
        return Code.of(
            f"{self.imported('select')}({{model}}).where({{condition}})",
            model=self.model(),
            condition=self.condition(),
        )

    def chain(self, node: ast.expr) -> Code | Copied:
        if node in self.lookup.query.roots:
            return self.other.begun(node) if self.other is not None else self.root(node)
        if (through := passage(self.scope, node)) is not None:
            return self.steps.handed_on(through)
        match node:
            case ast.Name(id=name):
                return self.variable(node, name)
            case ast.Call(func=ast.Attribute(value=inner)):
                call = next((c for c in self.lookup.query.calls if c.node is node), None)
                if call is not None:
                    return self.called(call, inner)
            case ast.Await(value=inner):
                return self.chain(inner)
        if begins(self.scope, self.lookup, node, self.dropped):
            return Copied(self.scope.place(node)) if self.columns is None else self.reselected(node)
        raise Unwritable("not all of how this query is built is understood", node)

    def variable(self, node: ast.Name, name: str) -> Code | Copied:
        """A query, or a part of one, that has a name: put in where the loop assigns it."""
        loop = self.lookup.loop
        found = [
            s
            for s in walk(loop.owner)
            if isinstance(s, ast.Assign | ast.AnnAssign) and name in targets_of(s)
        ]
        if not found and name not in loop.assigned and name not in loop.names:
            if self.columns is not None:
                return self.reselected(node)
            return Copied(self.scope.place(node))
        if name in self.steps.names:
            return Code.of(name)
        step = self._step(found, node)
        in_steps = step is None or (len(found) > 1 and self.steps.are_handed_on(found))
        if in_steps and (built := self.steps.built(node, found)) is not None:
            return built
        if step is None or step.value is None:
            raise Unwritable(f"{name} is built in more than one step", node)
        loads = [
            n
            for n in walk(self.scope.node)
            if isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Load)
        ]
        if len(loads) == len(found):
            self.spent.append(step)
        return self.chain(step.value)

    def _step(
        self, found: list[ast.Assign | ast.AnnAssign], node: ast.Name
    ) -> ast.Assign | ast.AnnAssign | None:
        """The assignment that `node` reads, where all of them follow each other in one block."""
        blocks, source = self.scope.flow.blocks, self.scope.source
        block, _ = blocks.get(found[0], (None, 0)) if found else (None, 0)
        start = source.span(node).start
        for step in found:
            if not is_single(step) or blocks.get(step, ([], 0))[0] is not block:
                return None
        if len(found) > 1 and not any(n is node for s in block or () for n in walk(s)):
            return None
        before = [s for s in found if source.span(s).end <= start]
        return max(before, key=lambda s: source.span(s).start, default=None)

    def reselected(self, node: ast.expr) -> Code:
        assert self.columns is not None
        query = self.lookup.run.query
        method = "with_entities" if query.style == "legacy" else "with_only_columns"
        if query.style != "legacy":
            raise Unwritable("the statement begins outside the loop", node)
        holes: dict[str, Hole] = {f"c{n}": column for n, column in enumerate(self.columns)}
        listed = ", ".join(f"{{{name}}}" for name in holes)
        return Code.of(f"{{base}}.{method}({listed})", base=Copied(self.scope.place(node)), **holes)

    def root(self, node: ast.expr) -> Code | Copied:
        """The beginning of the query, with other columns and the table that it begins with."""
        if self.other is not None:
            return self.other.root(node)
        if self.anew is not None:
            return self.anew.begun()
        if self.columns is None:
            return Copied(self.scope.place(node))
        made = self._selecting(node)
        query = self.lookup.query
        apart = any(part.model is not self.lookup.model for part in self.lookup.parts)
        if query.has("select_from") or not (apart or self.from_own):
            return made
        return Code.of("{query}.select_from({model})", query=made, model=self._table())

    def order(self, ordering: Ordering) -> Hole:
        """A term of the ORDER BY, as the query or the relationship has it."""
        if self.other is not None and self.other.declares(ordering):
            return self.other.order(ordering)
        if self.anew is not None:
            return self.anew.order(ordering)
        return Copied(self.scope.place(ordering.node))

    def _table(self) -> Hole:
        """How the query names the class whose table it begins with."""
        for entity in self.lookup.query.entities:
            match entity.value, entity.node:
                case Aggregate(argument_node=ast.Attribute(value=owner)), _:
                    return Copied(self.scope.place(owner))
                case Aggregate(), _:
                    break
                case _, _:
                    return self.model()
        raise Unwritable("the table that the query begins with has no name here", self.place)

    def _selecting(self, node: ast.expr) -> Code | Copied:
        assert self.columns is not None
        holes: dict[str, Hole] = {f"c{n}": column for n, column in enumerate(self.columns)}
        listed = ", ".join(f"{{{name}}}" for name in holes)
        outer = self.lookup.run.query
        session = self.lookup.run.session_node
        other = self.lookup.query is not outer and self.lookup.query.style != outer.style
        if other and outer.style == "legacy" and session is not None:
            return Code.of(
                f"{{session}}.query({listed})",
                session=Copied(self.scope.place(session)),
                **holes,
            )
        match node:
            case ast.Call(func=ast.Attribute(value=owner, attr="query")):
                return Code.of(
                    f"{{session}}.query({listed})", session=Copied(self.scope.place(owner)), **holes
                )
            case ast.Call(func=function) if outer.style == "select":
                if self.lookup.query is not outer and not self.lookup.query.entities:
                    match outer.roots[0]:
                        case ast.Call(func=function):
                            pass
                return Code.of(
                    f"{{select}}({listed})", select=Copied(self.scope.place(function)), **holes
                )
            case ast.Attribute():
                return Code.of(
                    f"{{root}}.with_entities({listed})",
                    root=Copied(self.scope.place(node)),
                    **holes,
                )
        raise Unwritable("not all of how this query is built is understood", node)

    def called(self, call: QueryCall, inner: ast.expr) -> Code | Copied:
        node = call.node
        before = self.chain(inner)
        if call.method in self.dropped or call.method in self.lookup.left_out:
            return before
        if call.method in ("filter", "where", "filter_by"):
            rebuilt = self.filtered(call, before)
            if rebuilt is None and call.method == "filter_by" and self.selects_columns:
                rebuilt = called(
                    before, "where", [compared(self, word) for word in node.keywords], []
                )
            if rebuilt is not None:
                return rebuilt
        if before == Copied(self.scope.place(inner)):
            return Copied(self.scope.place(node))
        return Copied(
            self.scope.place(node), substitute=((self.scope.place(inner), as_code(before)),)
        )

    @property
    def selects_columns(self) -> bool:
        """True for a `select()` of columns: with an aggregate of one among them SQLAlchemy 2.1 says
        of the names in `filter_by()` that they are ambiguous."""
        lookup = self.lookup
        counted = lookup.aggregate.argument_node if lookup.aggregate is not None else None
        selected = self.columns is not None and (lookup.kind != "count" or counted is not None)
        return selected and lookup.run.query.style != "legacy"

    def filtered(self, call: QueryCall, before: Code | Copied) -> Code | Copied | None:
        """The call with IN for its keys; None if it has none."""
        node = call.node
        predicates = {id(p.predicate.node): p for p in self.lookup.parts if p.predicate}
        inside = [n for a in node.args for n in walk(a) if id(n) in predicates]
        keyed = [k for k in node.keywords if id(k.value) in predicates]
        if not inside and not keyed:
            return None
        first = self.lookup.parts[0].predicate
        assert first is not None
        leads = any(n is first.node for n in inside) or any(k.value is first.node for k in keyed)
        several = len(self.lookup.parts) > 1 or self.lookup.preloaded
        pieces: list[Hole] = []
        for argument in conjuncts(self.scope, node.args) if several else node.args:
            if id(argument) in predicates:
                if argument is first.node:
                    pieces += self.conditions()
            elif any(n in inside for n in walk(argument)):
                if several:
                    raise Unwritable("the keys stand inside another condition", argument)
                pieces.append(
                    Copied(
                        self.scope.place(argument),
                        substitute=((self.scope.place(first.node), self.condition()),),
                    )
                )
            else:
                pieces.append(Copied(self.scope.place(argument)))
        result: Code | Copied = before
        method = call.method
        if keyed:
            rest = [k for k in node.keywords if k not in keyed]
            if rest and self.selects_columns:
                result = called(result, "where", [compared(self, word) for word in rest], [])
            elif rest:
                result = called(
                    result,
                    "filter_by",
                    [],
                    [(k.arg or "", Copied(self.scope.place(k.value))) for k in rest],
                )
            if leads:
                pieces += self.conditions()
            method = "filter" if self.lookup.run.query.style == "legacy" else "where"
        return called(result, method, pieces, []) if pieces else result
