"""Texts that a loop looks for one by one with LIKE, and the candidates that are fetched once."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING

from codemods.finding import Precondition, Status
from codemods.orm import rounds
from codemods.orm.chains import unused_imports
from codemods.orm.events import Act, Effect, Loop, Run
from codemods.orm.in_python import LIKES
from codemods.orm.invariants import steps
from codemods.orm.keys import is_pure
from codemods.orm.like_keys import without_wildcards
from codemods.orm.lookups import described
from codemods.orm.naming import free, plural
from codemods.orm.preconditions import effects, proven, refuted, unknown
from codemods.orm.query import Predicate
from codemods.orm.wider_queries import Wider
from codemods.orm.window_rows import LISTS, Window
from codemods.orm.windows import asked_per_item, outermost
from codemods.patch import Code, Copied, InsertAfter, InsertBefore, Patch, Remove, Replace
from codemods.project.model import Column

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_ENDING = frozenset(
    {Act.COMMIT, Act.ROLLBACK, Act.EXPUNGE, Act.CLOSE, Act.DML, Act.SQL, Act.DELETE}
)


class LikeLookup(Window):
    """A query of a loop that looks for the text of an item in a column."""

    @property
    def what(self) -> str:
        return rounds.items_of(self.inner)

    @cached_property
    def tested(self) -> tuple[ast.expr, bool] | None:
        """The test that is all that the answer is for, and what it is where there is a row."""
        lookup = described(self.scope, self.run)
        return lookup.tested if lookup is not None else None

    @property
    def counts(self) -> bool:
        return self.tested is not None or self.run.terminal == "count"

    @cached_property
    def present(self) -> tuple[Column, ...]:
        return (self.column,) if self.column.may_be_null else ()

    @property
    def plain(self) -> bool:
        """True if the texts alone are fetched."""
        return self.counts and self.columns == (self.column,)

    # Preconditions ------------------------------------------------------------------------

    @cached_property
    def preconditions(self) -> tuple[Precondition, ...]:
        found = super().preconditions
        if any(condition.status is Status.REFUTED for condition in found):
            return found
        return (*found, self._kept_up())

    def _tests(self) -> Precondition:
        found = super()._tests()
        if found.status is Status.REFUTED:
            return found
        for key in _patterns(self.own):
            if not without_wildcards(self.scope, self.run, key):
                text = ast.unparse(key)
                reason = (
                    f"a % or _ in `{text}` is a wildcard for the database, and a letter for "
                    "Python; with `autoescape=True` it is a letter for both"
                )
                place = self.scope.place(key)
                return Precondition(found.name, Status.REFUTED, reason, place)
        return found

    def _one_form(self) -> Precondition:
        name, run = "told-by-rows", self.run
        if self.run.query.model is None and not self.counts:
            text = "the query selects columns; rows that are fetched once would have others, too"
            return refuted(self.scope, name, text, run)
        if run.terminal not in (*LISTS, "first", "count") and self.tested is None:
            reason = f"{run.terminal}() has no form for many texts at once"
            return refuted(self.scope, name, reason, run)
        for call in run.query.calls:
            if call.method not in ("filter", "where", "filter_by", "order_by") or not call.sure:
                reason = f"`.{call.method}()` is something that only the database does"
                return refuted(self.scope, name, reason, run)
        if run.terminal == "first" and self.tested is None and not self._is_ordered:
            reason = "nothing says which of several rows is the first one"
            return unknown(self.scope, name, reason, run)
        return proven(name, "a row that is found is told by its text")

    @property
    def _is_ordered(self) -> bool:
        ordered = {o.column.name for o in self.run.query.orderings if o.column}
        return self.model.is_unique(frozenset(ordered))

    def _kept_up(self) -> Precondition:
        """Rows that the loop adds are found by later items."""
        name = "kept-up"
        for effect in _additions(self.scope, self.loop, self.model.full_name):
            if self._text(effect) is None or not self.plain:
                reason = f"the loop adds rows of {self.model.name}, and later items may find them"
                return refuted(self.scope, name, reason, effect)
            session = self.run.session
            if session is None or not session.autoflush or self.run.no_autoflush:
                reason = "whether later items find what the loop adds depends on autoflush"
                return unknown(self.scope, name, reason, effect)
        return proven(name, "what the loop adds is kept up")

    def _text(self, effect: Effect) -> ast.expr | None:
        """What a row that the loop adds has in the column, if the rest of the query finds it."""
        match effect.node:
            case ast.Call(args=[ast.Call(func=function, args=[], keywords=given)]) if isinstance(
                self.scope.parents.get(effect.node), ast.Expr
            ):
                pass
            case _:
                return None
        values = {keyword.arg: keyword.value for keyword in given}
        if None in values or not isinstance(function, ast.Name | ast.Attribute):
            return None
        for predicate in self.run.query.predicates:
            if predicate in self.own:
                continue
            column, operand = predicate.column, predicate.operand
            if not predicate.is_equality or column is None or operand is None:
                return None
            if column.name not in values:
                return None
            if ast.unparse(values[column.name]) != ast.unparse(operand):
                return None
        text = values.get(self.column.name)
        return text if text is not None and is_pure(text) else None

    # The code -----------------------------------------------------------------------------

    def answer(self, row: str, rows: str) -> str:
        if self.tested is not None:
            text = f"any({{test}} for {row} in {rows})"
            return text if self.tested[1] else f"not {text}"
        if self.run.terminal == "first":
            return f"next(({row} for {row} in {rows} if {{test}}), None)"
        return super().answer(row, rows)

    def patches(self) -> tuple[Patch, ...]:
        if not self.plain:
            found = super().patches()
            if self.tested is None:
                return found
            # the test is replaced, not the query in it
            place = self.scope.place
            inner = place(self.run.expression)
            return tuple(
                (
                    Replace(place(self.tested[0]), patch.code)
                    if isinstance(patch, Replace) and patch.place == inner
                    else patch
                )
                for patch in found
            )
        place, column = self.scope.place, self.column
        wider = Wider(
            self.scope, self.run, self.model, self.own, self.columns, self.present, plain=True,
            steps=steps(self.run, self.inner.owner),
        )  # fmt: skip
        texts, text = self.rows, column.name
        text = free(text, "text", taken=self.scope.taken_names)
        _, test = self._test("row", {column.name: text})
        fetch = Code.of(f"{texts} = {{fetch}}", fetch=wider.rows())
        node = self.tested[0] if self.tested is not None else self.run.expression
        added = [
            InsertAfter(
                place(effect.statement),
                (Code.of(f"{texts}.append({{value}})", value=Copied(place(value))),),
            )
            for effect in _additions(self.scope, self.loop, self.model.full_name)
            if (value := self._text(effect)) is not None
        ]
        return (
            *wider.words.imports.values(),
            *unused_imports(self.scope, self.run.query.roots),
            *(Remove(place(step)) for step in wider.spent),
            InsertBefore(place(self.loop.statement), (fetch,)),
            Replace(place(node), Code.of(self.answer(text, texts), test=test)),
            *added,
        )

    @cached_property
    def rows(self) -> str:
        if not self.plain:
            return super().rows
        name = free(plural(self.column.name), f"known_{plural(self.column.name)}", taken=self.taken)
        self.taken.add(name)
        return name


def like_lookups(scope: Scope) -> Iterator[LikeLookup]:
    """Every query of a loop that looks for an item's text with LIKE."""
    taken: set[str] = set()
    for run in scope.own_runs:
        if not run.loops or not any(_is_like(p) for p in run.query.predicates):
            continue
        asked = asked_per_item(scope, run, _is_like)
        if asked is None:
            continue
        found = outermost(scope, run, asked, partial(_is_quiet, scope, run))
        if found is not None:
            taken |= scope.taken_names
            yield LikeLookup(
                scope, run, run.loops[-1], found, asked.model, asked.column, asked.own, taken
            )


def _is_like(predicate: Predicate) -> bool:
    match predicate.node:
        case ast.Call(func=ast.Attribute(attr=name)):
            return name in LIKES
    return False


def _patterns(predicates: Iterable[Predicate]) -> Iterator[ast.expr]:
    """What is searched for as a pattern, where it is not written out."""
    for predicate in predicates:
        match predicate.node:
            case ast.Call(
                func=ast.Attribute(attr=name), args=[key], keywords=words
            ) if name in LIKES and not any(word.arg == "autoescape" for word in words):
                if not isinstance(key, ast.Constant):
                    yield key


def _additions(scope: Scope, loop: Loop, model: str) -> list[Effect]:
    events = scope.events[loop.first : loop.last + 1]
    return [
        e for e in effects(events, Act.ADD, Act.APPEND) if e.model and e.model.full_name == model
    ]


def _is_quiet(scope: Scope, run: Run, loop: Loop) -> bool:
    """True if the loop neither ends the transaction nor writes rows that are there."""
    tables = run.query.tables or frozenset()
    for effect in effects(scope.events[loop.first : loop.last + 1]):
        if effect.act in _ENDING:
            return False
        if effect.act in (Act.SET, Act.ADD, Act.APPEND) and effect.model is None:
            return False
        if effect.act is Act.SET and effect.model and effect.model.full_name in tables:
            return False
    return True
