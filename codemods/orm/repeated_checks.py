"""What must hold for the answers of a lookup to be kept while a loop runs."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.finding import Precondition, Status
from codemods.orm import preconditions, uses
from codemods.orm.batch import batches
from codemods.orm.events import Act, Effect
from codemods.orm.hoistable import hoistables
from codemods.orm.hoisting import hoists
from codemods.orm.keys import PURE_METHODS
from codemods.orm.observable import noticed
from codemods.orm.plain_answers import VALUES, clocks, is_data
from codemods.orm.preconditions import effects, proven, refuted, unknown
from codemods.orm.repeated_lookups import RepeatedLookup
from codemods.orm.values import Items, Row, Tuple, Value, kind_of

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_WRITES = (Act.ADD, Act.DELETE, Act.SET, Act.APPEND, Act.DML, Act.SQL)
_OF_ROWS = (Act.EXPIRE, Act.REFRESH, Act.EXPUNGE)
_ENDS = (Act.COMMIT, Act.ROLLBACK, Act.EXPIRE, Act.REFRESH, Act.EXPUNGE, Act.CLOSE, Act.SAVEPOINT)


class KeptChecks:
    """Works out the preconditions of keeping the answers of one lookup."""

    def __init__(self, lookup: RepeatedLookup) -> None:
        self.lookup = lookup
        self.scope: Scope = lookup.scope
        self.window = lookup.window
        self.writes = effects(self.window, *_WRITES)

    def all(self) -> tuple[Precondition, ...]:
        return (
            self.asked_at_once(),
            self.asks_only(),
            self.table_not_written(),
            self.flushes_alike(),
            self.answers_stay(),
            preconditions.no_unknown_calls(self.scope, self._outside()),
            preconditions.not_suspended(self.scope, self.window),
            self.keys_hashable(),
            self.value_not_shared(),
            self.keys_repeat(),
        )

    @property
    def pointless(self) -> bool:
        """True if the answers change in the loop, or the function does more than give one."""
        known = (self.asks_only(), self.table_not_written(), self.answers_stay())
        return any(condition.status is Status.REFUTED for condition in known)

    def _outside(self) -> list[Effect]:
        """What happens in the loop besides the lookup."""
        return [e for e in effects(self.window) if not self._is_inside(e)]

    def _is_inside(self, effect: Effect) -> bool:
        site = self.lookup.site
        return site is not None and site.frame in effect.frame.chain

    def asked_at_once(self) -> Precondition:
        """No other rule fetches all of the answers by one query, which is better."""
        name, scope, lookup = "asked-at-once", self.scope, self.lookup
        by = None
        if lookup.site is not None:
            if any(b.possible and b.place == scope.place(lookup.call) for b in batches(scope)):
                by = "batch-helper"
        else:
            sent = lookup.runs[0].expression
            if any(h.possible and h.lookup.expression is sent for h in hoists(scope)):
                by = "hoist-lookup"
            elif any(h.possible and h.invariant.expression is sent for h in hoistables(scope)):
                by = "hoist-invariant"
        if by is not None:
            text = f"{by} fetches what all rounds look up before the loop, by one query"
            return refuted(scope, name, text, lookup.runs[0])
        return proven(name, "no other rule fetches all of it before the loop")

    def asks_only(self) -> Precondition:
        """The function that is called does nothing but look up."""
        name, scope, site = "asks-only", self.scope, self.lookup.site
        if site is None:
            return proven(name, "nothing else happens in the query")
        inside = [e for e in effects(self.window) if self._is_inside(e)]
        for effect in inside:
            if effect.act not in (Act.CALL, Act.SHOW):
                text = f"{self.lookup.name}() does more than look up"
                return refuted(scope, name, text, effect)
        for effect in effects(inside, Act.CALL):
            if (effect.callee or "").rpartition(".")[2] in PURE_METHODS:
                continue
            text = f"{effect.callee or 'it'}() would be called once for each different key"
            return unknown(scope, name, text, effect)
        frames = {f.code for f in scope.flow.frames if site.frame in f.chain}
        for code in (site.frame.code, *frames):
            node = code.node
            if noticed(node, node):
                text = (
                    f"{code.name}() also logs, prints or changes something, once for each key then"
                )
                return unknown(scope, name, text, self.lookup.runs[0])
            if (clock := next(clocks(node), None)) is not None:
                text = f"{code.name}() calls {clock}(), and may answer something else each time"
                return unknown(scope, name, text, self.lookup.runs[0])
        return proven(name, f"{self.lookup.name}() does nothing but look up")

    def table_not_written(self) -> Precondition:
        """Nothing that the loop writes is in an answer (trap c6_02)."""
        name, scope = "table-not-written", self.scope
        tables = self.lookup.tables
        doubt: Precondition | None = None
        for effect in self.writes:
            model = effect.model
            if model is None or tables is None:
                text = "this may write what is looked up"
                doubt = doubt or unknown(scope, name, text, effect)
                continue
            relationship = model.relationships.get(effect.attribute or "")
            touched = {model.full_name, *model.parents, *model.children} & tables
            if touched or (relationship is not None and relationship.target in tables):
                text = f"the loop writes {model.name}, which is looked up"
                return refuted(scope, name, text, effect)
            if effect.act in (Act.DELETE, Act.DML):
                text = f"what writes {model.name} may cascade to what is looked up"
                doubt = doubt or unknown(scope, name, text, effect)
        return doubt or proven(name, "the loop does not write what is looked up")

    def flushes_alike(self) -> Precondition:
        """No query that is left out would have flushed."""
        name = "flushes-alike"
        for effect in self.writes:
            if effect.act not in (Act.DML, Act.SQL):
                text = "a query that is not sent does not flush this, which is then written later"
                return unknown(self.scope, name, text, effect)
        return proven(name, "nothing waits in the session for the flush of a query")

    def answers_stay(self) -> Precondition:
        """The transaction goes on, and rows stay in their session."""
        name, scope = "answers-stay", self.scope
        value = self.lookup.value
        for effect in effects(self.window, *_ENDS):
            what = f"the loop does a {effect.act.value}"
            if _has_rows(value) and effect.act is not Act.SAVEPOINT:
                text = f"{what}, after which rows that were kept are loaded again, or detached"
                return refuted(scope, name, text, effect)
            if not is_data(value) or effect.act not in _OF_ROWS:
                text = f"{what}, after which an answer may be another one"
                return unknown(scope, name, text, effect)
        return proven(name, "one transaction gives all of the answers")

    def keys_hashable(self) -> Precondition:
        """Keys are equal in a dict where the function cannot tell them apart."""
        name = "keys-hashable"
        for key in self.lookup.keys:
            kind = kind_of(self.lookup.value_of(key))
            if kind is None or kind not in VALUES:
                text = f"nothing says what {ast.unparse(key)} is; a list cannot be a key of a dict"
                return unknown(self.scope, name, text, self.lookup.runs[0])
        return proven(name, "the keys are values of one kind each")

    def value_not_shared(self) -> Precondition:
        """No round of the loop changes what another round gets."""
        name, lookup = "value-not-shared", self.lookup
        value = lookup.value
        if is_data(value) or isinstance(value, Row):
            return proven(name, "the answer is a value, or a row that the session has once anyway")
        if isinstance(value, Items) and uses.only_read(self.scope, lookup.node, lookup.loop.owner):
            return proven(name, "the loop only reads the list")
        text = "rounds with one key get one object, which one of them may change or keep"
        return unknown(self.scope, name, text, lookup.runs[0])

    def keys_repeat(self) -> Precondition:
        """What is saved depends on the data."""
        keys = " and ".join(ast.unparse(key) for key in self.lookup.keys)
        text = f"nothing says how often {keys} will be asked for again; if never, nothing is saved"
        return unknown(self.scope, "keys-repeat", text, self.lookup.runs[0])


def _has_rows(value: Value) -> bool:
    match value:
        case Row():
            return True
        case Items(element=element, mapped=mapped):
            return _has_rows(element) or (mapped is not None and _has_rows(mapped))
        case Tuple(elements=elements):
            return any(map(_has_rows, elements))
    return False
