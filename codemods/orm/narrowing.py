"""Comprehensions that drop rows of a query, or make a set of a column, and the query without them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Precondition, Status
from codemods.orm import whole_rows
from codemods.orm.as_stored import as_stored
from codemods.orm.chains import chain, needless, unused_imports
from codemods.orm.changing_tests import may_change, tested_in
from codemods.orm.events import Effect
from codemods.orm.keys import loaded_names
from codemods.orm.later_loads import not_needed_later
from codemods.orm.names import ORDER_FREE
from codemods.orm.per_item import asked_before_the_loop
from codemods.orm.preconditions import effects, proven, unknown
from codemods.orm.reductions import VALUE, at_once, is_whole, reduced
from codemods.orm.row_lists import RowList, is_builtin, is_used_again, row_lists
from codemods.orm.row_order import NAME as ORDER
from codemods.orm.row_order import ordered
from codemods.orm.row_tests import RowTest, Untranslatable
from codemods.orm.sql_names import SqlNames
from codemods.patch import Code, Copied, Patch, Remove, Replace

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


@dataclass(frozen=True, eq=False)
class Narrowing:
    """`[order.number for order in query if order.total > 5]`.

    `made` is the comprehension, or the call of `set()` and the like that alone gets it, and
    `clause` its only `for`. Of `list(filter(lambda order: order.total > 5, query))`, which is
    `made` there, the comprehension is what it means.
    """

    rows: RowList
    made: ast.expr
    inner: Comprehension
    clause: ast.comprehension
    row: str

    # True if a variable holds one of the rows longer than the statement that goes over them
    held = False

    @property
    def scope(self) -> Scope:
        return self.rows.scope

    @property
    def title(self) -> str:
        return "Filter in the database" if self.clause.ifs else "Ask with DISTINCT"

    @property
    def node(self) -> ast.expr:
        return self.made

    @property
    def values(self) -> ast.Attribute | None:
        """The column of which a set is made, if several rows may have the same in it."""
        makes_set = isinstance(self.inner, ast.SetComp) or (
            isinstance(self.made, ast.Call)
            and isinstance(self.made.func, ast.Name)
            and self.made.func.id in ("set", "frozenset")
        )
        match self.inner:
            case ast.SetComp(elt=elt) | ast.GeneratorExp(elt=elt) if makes_set:
                match elt:
                    case ast.Attribute(value=ast.Name(id=self.row), attr=name):
                        (model,) = whole_rows.models_selected(self.rows.query)
                        repeated = name in model.columns and not model.is_unique(frozenset({name}))
                        return elt if repeated else None
        return None

    @cached_property
    def words(self) -> SqlNames:
        return SqlNames(self.scope, self.scope.place(self.made))

    @cached_property
    def test(self) -> RowTest:
        (model,) = whole_rows.models_selected(self.rows.query)
        entity = Copied(self.scope.place(self.rows.query.entities[0].node))
        return RowTest(self.scope, model, entity, self.row, self.words)

    @property
    def message(self) -> str:
        what = whole_rows.models_selected(self.rows.query)[0].name
        if self.clause.ifs:
            test = " and ".join(ast.unparse(item) for item in self.clause.ifs)
            return f"every {what} that the query finds is loaded, and dropped unless `{test}`"
        return f"every {what} is loaded for the different values of one column"

    @cached_property
    def preconditions(self) -> tuple[Precondition, ...]:
        rows = self.rows
        return (
            self._same_value(),
            as_stored(rows),
            self._order(),
            self._same_rows(),
            whole_rows.unheard(rows),
            not_needed_later(rows, self.held),
        )

    def _same_rows(self) -> Precondition:
        """Nothing that is loaded with the rows leaves any out, where it is loaded no more."""
        if self.are_distinct:
            return whole_rows.not_filtered(self.rows)
        rows, kept = self.rows, "the query keeps what it loads with the rows"
        no_query = whole_rows.no_query_at_times(rows.scope, rows.query, rows.run)
        return no_query or proven(whole_rows.FILTERED, kept)

    @property
    def is_at_once(self) -> bool:
        return at_once(self.rows, self.made)

    def _same_value(self) -> Precondition:
        """The conditions hold for the same rows in SQL (traps c4_09, c4_10, c4_12)."""
        scope = self.scope
        if not self.is_at_once:
            reason = "something else happens between the query and this"
            return Precondition(VALUE, Status.REFUTED, reason, scope.place(self.made))
        try:
            self.test.conditions(self.clause.ifs)
            if self.values is not None and not self.clause.ifs:
                self.test.distinct(self.values)
        except Untranslatable as error:
            return Precondition(VALUE, Status.REFUTED, error.reason, scope.place(error.node))
        if self.test.doubts:
            reason, node = self.test.doubts[0]
            return Precondition(VALUE, Status.UNKNOWN, reason, scope.place(node))
        if (changed := self._changed()) is not None:
            return unknown(scope, VALUE, "this may change rows that are tested later", changed)
        return proven(VALUE, "the condition holds for the same rows in SQL")

    @property
    def owner(self) -> ast.AST:
        """The code that goes over the rows."""
        return self.inner

    def _changed(self) -> Effect | None:
        """What is done with a row where that may change another, before it is tested."""
        (model,) = whole_rows.models_selected(self.rows.query)
        tested = [*tested_in(self.scope, self.clause.ifs, model)]
        return next(
            (
                effect
                for loop in self.scope.flow.all_loops
                if loop.owner is self.owner and tested
                for effect in effects(self.scope.events[loop.first : loop.last + 1])
                if any(may_change(effect, *each) for each in tested)
            ),
            None,
        )

    def _order(self) -> Precondition:
        if self.values is not None or isinstance(self.inner, ast.SetComp):
            return proven(ORDER, "a set has no order")
        match self.scope.parents.get(self.made):
            case ast.Call(func=ast.Name(id=name)) if name in ORDER_FREE - {"min", "max"}:
                return proven(ORDER, f"{name}() does not depend on the order")
        what = "the database may find fewer rows in another one"
        return ordered(self.rows, self.rows.query.orderings, what)

    # The patches --------------------------------------------------------------------------

    def patches(self) -> tuple[Patch, ...]:
        scope, rows = self.scope, self.rows
        made = self._distinct() if self.are_distinct else self._filtered()
        changed: list[Patch] = [Replace(scope.place(self.made), made)]
        if rows.assigned is not None:
            changed.append(Remove(scope.place(rows.assigned)))
        dropped = self.needless if self.are_distinct else []
        return (*self.words.imports.values(), *unused_imports(scope, dropped), *changed)

    @cached_property
    def are_distinct(self) -> bool:
        """True if the database can leave out the values that come again."""
        if self.values is None:
            return False
        doubts = len(self.test.doubts)
        try:
            self.test.distinct(self.values)
        except Untranslatable:
            return False
        return len(self.test.doubts) == doubts or not self.clause.ifs

    def _with_conditions(self, query: Code | Copied) -> Code:
        found = self.test.conditions(self.clause.ifs)
        if not found:
            return Code.of("{query}", query=query)
        holes = {f"c{number}": part for number, part in enumerate(found)}
        method = "filter" if self.rows.legacy else "where"
        listed = ", ".join(f"{{{name}}}" for name in holes)
        return Code.of(f"{{query}}.{method}({listed})", query=query, **holes)

    def query_in_result(self) -> Code:
        """The query of a Result that has a name, with the conditions."""
        return self._with_conditions(Copied(self.scope.place(self.rows.query_node)))

    def _filtered(self) -> Code:
        scope, rows = self.scope, self.rows
        query = self._with_conditions(Copied(scope.place(rows.query_node)))
        if rows.result is not None:
            source: Code | Copied = Copied(scope.place(rows.expression))
            if isinstance(self.inner, ast.ListComp) and isinstance(self.inner.elt, ast.Name):
                return Code.of("list({source})", source=source)
            return self._around(source)
        whole = rows.run.terminal == "iterate" and rows.expression is rows.query_node
        source = query
        if not whole:
            place = scope.place(rows.query_node)
            source = Copied(scope.place(rows.expression), substitute=((place, query),))
        match self.inner:
            case ast.ListComp(elt=ast.Name(id=self.row)):
                return self._listed(query, source)
        return self._around(source)

    def _listed(self, query: Code, source: Code | Copied) -> Code:
        """A list, also for a type checker: `all()` of a 2.0 result is a Sequence."""
        rows = self.rows
        match rows.expression:
            case ast.Call(func=ast.Attribute(attr="all", value=asked)) if not rows.legacy:
                place = self.scope.place
                asked_now = Copied(
                    place(asked), substitute=((place(rows.query_node), query),)
                )  # fmt: skip
                return Code.of("list({source})", source=asked_now)
            case ast.Call() if rows.run.terminal == "all":
                return Code.of("{source}", source=source)
        return Code.of("{source}.all()" if rows.legacy else "list({source})", source=source)

    def _around(self, source: Code | Copied) -> Code:
        """The comprehension over `source`, without conditions."""
        place = self.scope.place
        loop = f"for {self.row} in {{source}}"
        match self.inner:
            case ast.DictComp(key=key, value=value):
                return Code.of(
                    f"{{{{{{key}}: {{value}} {loop}}}}}",
                    key=Copied(place(key)), value=Copied(place(value)), source=source,
                )  # fmt: skip
            case ast.ListComp(elt=elt):
                text = f"[{{elt}} {loop}]"
            case ast.SetComp(elt=elt):
                text = f"{{{{{{elt}} {loop}}}}}"
            case ast.GeneratorExp(elt=elt):
                assert isinstance(self.made, ast.Call)
                function = Copied(place(self.made.func))
                return Code.of(
                    f"{{function}}({{elt}} {loop})",
                    function=function, elt=Copied(place(elt)), source=source,
                )  # fmt: skip
        return Code.of(text, elt=Copied(place(elt)), source=source)

    def _distinct(self) -> Code:
        """`{uses for (uses,) in query.with_entities(Tag.uses).distinct()}`."""
        rows, scope, value = self.rows, self.scope, self.values
        assert value is not None
        query, steps = rows.query, chain(scope, rows.query_node)
        column = self.test.of(self.test.model.columns[value.attr])
        begin = steps.begin
        plain = not query.joins_other_tables and query.has("filter_by") is None
        if plain and [begin] == list(query.roots) and isinstance(begin, ast.Call):
            function = Copied(scope.place(begin.func))
            put = Code.of("{function}({column})", function=function, column=column)
            query_ = self._with_conditions(steps.without(self.needless, put))
            made = Code.of("{query}.distinct()", query=query_)
        else:
            written = sum(call.method == "order_by" for call in query.calls)
            text = "{query}.order_by(None)" if len(steps.named("order_by")) < written else "{query}"
            method = "with_entities" if rows.legacy else "with_only_columns"
            made = Code.of(
                f"{text}.{method}({{column}}).distinct()",
                query=self._with_conditions(steps.without(self.needless)), column=column,
            )  # fmt: skip
        if rows.legacy:
            name = value.attr
            return Code.of(f"{{{{{name} for ({name},) in {{made}}}}}}", made=made)
        source = Copied(
            scope.place(rows.expression), substitute=((scope.place(rows.query_node), made),)
        )
        return Code.of("set({source})", source=source)

    @property
    def needless(self) -> list[ast.expr]:
        """The steps that make no difference to a set of values."""
        return needless(self.rows.query, chain(self.scope, self.rows.query_node))


def narrowings(scope: Scope) -> Iterator[Narrowing]:
    """Every comprehension of the function's own that keeps some of a query's rows."""
    for rows in row_lists(scope, "all", "iterate"):
        if len(rows.reads) != 1 or not is_whole(rows) or reduced(rows, rows.reads[0]) is not None:
            continue
        if not rows.legacy and "scalars" not in ast.unparse(rows.run.expression):
            continue
        found = narrowing(rows, rows.reads[0]) if not is_used_again(rows) else None
        if found is not None and rows.result is None and not asked_before_the_loop(scope, rows.run):
            yield found


def narrowing(rows: RowList, read: ast.expr) -> Narrowing | None:
    """The comprehension whose only loop goes over a read of the rows."""
    scope = rows.scope
    if (filtered := _filtered(rows, read)) is not None:
        return filtered
    clause = scope.parents.get(read)
    inner = scope.parents.get(clause) if clause is not None else None
    match clause:
        case ast.comprehension(target=ast.Name(id=row), iter=source, is_async=0) if source is read:
            pass
        case _:
            return None
    if not isinstance(inner, Comprehension) or len(inner.generators) != 1:
        return None
    made: ast.expr = inner
    if isinstance(inner, ast.GeneratorExp):
        match scope.parents.get(inner):
            case ast.Call(func=ast.Name(id=name), args=[only], keywords=[]) as call if (
                only is inner and name != "next" and is_builtin(scope, name)
            ):
                made = call
            case _:
                return None
    if any(calls_function(scope, test, row) for test in clause.ifs):
        return None
    found = Narrowing(rows, made, inner, clause, row)
    return found if clause.ifs or found.values is not None else None


def _filtered(rows: RowList, read: ast.expr) -> Narrowing | None:
    """`list(filter(lambda row: …, rows))`, as the comprehension that does the same."""
    scope = rows.scope
    call = scope.parents.get(read)
    found = lambda_of(scope, read, call)
    if found is None or call is None:
        return None
    row, test = found
    made = scope.parents.get(call)
    match made:
        case ast.Call(func=ast.Name(id="list"), args=[_], keywords=[]):
            pass
        case _:
            return None
    if not is_builtin(scope, "list") or calls_function(scope, test, row):
        return None
    clause = ast.comprehension(ast.Name(row, ast.Store()), read, [test], 0)
    inner = ast.ListComp(ast.Name(row, ast.Load()), [clause])
    return Narrowing(rows, made, inner, clause, row)


def lambda_of(scope: Scope, read: ast.expr, call: ast.AST | None) -> tuple[str, ast.expr] | None:
    """The variable and the condition of `filter(lambda row: …, rows)` around a read of the rows."""
    match call:
        case ast.Call(
            func=ast.Name(id="filter"),
            args=[
                ast.Lambda(args=ast.arguments(args=[ast.arg(arg=row)]) as given, body=test),
                source,
            ],
            keywords=[],
        ) if source is read and is_builtin(scope, "filter"):
            plain = not (given.posonlyargs or given.kwonlyargs or given.vararg or given.kwarg)
            return (row, test) if plain else None
    return None


def calls_function(scope: Scope, test: ast.expr, row: str) -> bool:
    """True for `is_shown(row)`, which no database knows."""
    for call in walk(test):
        if not isinstance(call, ast.Call):
            continue
        if isinstance(call.func, ast.Name) and is_builtin(scope, call.func.id):
            continue
        given = ast.Tuple([*call.args, *(word.value for word in call.keywords)], ast.Load())
        if row in loaded_names(given):
            return True
    return False
