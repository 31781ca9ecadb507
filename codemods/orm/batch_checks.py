"""What must hold for a helper to be answered from what was fetched for all items of a loop."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Precondition
from codemods.orm import batch_changes, forwarded, listened, preconditions, rows_kept
from codemods.orm.batch_changes import filled_argument
from codemods.orm.batch_decorators import hands_on
from codemods.orm.batch_helpers import Helper, Moved
from codemods.orm.definitions import reworked
from codemods.orm.distinct_keys import keys_differ
from codemods.orm.events import Act, Effect, Event, Run
from codemods.orm.forwarded import Forwarded
from codemods.orm.key_loops import mutated_names
from codemods.orm.keys import KeyPart, is_pure, is_textual, keys_equal, loaded_names
from codemods.orm.lookup_checks import Checks
from codemods.orm.lookup_shapes import inner_query
from codemods.orm.lookups import Lookup
from codemods.orm.moments import Moments, may_be_none
from codemods.orm.observable import observable
from codemods.orm.preconditions import proven, refuted, unknown
from codemods.orm.promises import promises
from codemods.orm.replaced import replaced_by
from codemods.orm.upserts import Upkeep, upkeep
from codemods.orm.values import DATA, Session

if TYPE_CHECKING:
    from codemods.orm.batch_loops import BatchFunction
    from codemods.orm.batch_sites import Site
    from codemods.orm.scope import Scope


# The helper ----------------------------------------------------------------------------------


def of_helper(helper: Helper) -> Iterator[Precondition]:
    """What does not depend on who calls it."""
    yield _takes_parameter(helper)
    yield _not_recursive(helper)
    yield _not_replaced(helper)
    yield _item_kept(helper)
    if not helper.moved:
        if not helper.handed:
            yield _keys(helper)
        return
    for moved in helper.moved:
        checks = Checks(moved.lookup)
        yield checks.keys_known()
        yield from (checks.equal(part) for part in moved.lookup.parts)
        yield checks.nulls()
        yield checks.query_invariant()
        yield checks.always_asked()
        yield checks.one_row()
        yield checks.row_order()
        yield checks.same_rows()
        yield checks.values_not_shared()
        yield checks.errors_not_handled()
        if moved.lookup.is_get:
            yield checks.not_in_session()
        if len(moved.lookup.parts) > 1:
            yield checks.row_values()
        if isinstance(moved.lookup.run, Forwarded):
            yield from forwarded.conditions(helper.scope, moved.lookup.run)
    yield _not_written(helper)
    # whoever calls the helper, and with whatever functions
    yield preconditions.no_unknown_calls(helper.scope, helper.between)


def _keys(helper: Helper) -> Precondition:
    """Why none of the queries can be asked for many items."""
    lookup = next(lookup for lookup in helper.lookups if lookup.problem is not None)
    assert lookup.problem is not None
    reason, node = lookup.problem
    condition = refuted(helper.scope, "keys-known-before", reason)
    if isinstance(node, ast.expr | ast.stmt):
        condition = replace(condition, place=helper.scope.place(node))
    return condition


def _takes_parameter(helper: Helper) -> Precondition:
    name, scope, code = "takes-a-parameter", helper.scope, helper.code
    facts = code.facts
    assert facts is not None
    for decorator in facts.decorators:
        if not hands_on(helper.program, code.module, decorator):
            reason = f"@{decorator or '…'} may depend on the parameters of {helper.name}()"
            return refuted(scope, name, reason)
    if facts.is_generator:
        return refuted(scope, name, f"{helper.name}() is a generator, which runs later")
    if "<locals>" in facts.qualname:
        return refuted(scope, name, f"{helper.name}() is defined in another function")
    if helper.name.startswith("__"):
        return refuted(scope, name, f"Python itself calls {helper.name}()")
    owner = code.owner
    if owner is not None:
        if reworked(helper.program, owner):
            reason = f"the class, or a decorator of it, may give another {helper.name}()"
            return refuted(scope, name, reason)
        if scope.index.overridden(owner, helper.name):
            return refuted(scope, name, f"a subclass has a {helper.name}() of its own")
        declared = bool(promises(helper.program, code))
        for base in scope.index.bases(owner):
            facts_ = scope.index.class_(base)
            if facts_ is not None and helper.name in facts_.methods and not declared:
                return refuted(scope, name, f"{helper.name}() overrides that of a base class")
            if facts_ is None and not _is_plain(scope, base):
                what = f"the base class {base}" if base else "a base class that is not known"
                return refuted(scope, name, f"{what} may have a {helper.name}(), too")
    return proven(name, "nobody depends on the parameters that there are")


def _is_plain(scope: Scope, base: str) -> bool:
    """True for a class of a package that has no methods for a project's own ones to override."""
    short = base.rpartition(".")[2]
    return short in _PLAIN_BASES or (short != "SQLModel" and scope.index.is_declarative_base(base))


_PLAIN_BASES = frozenset({"object", "Generic", "DeclarativeBase", "MappedAsDataclass", "ABC"})


def _not_recursive(helper: Helper) -> Precondition:
    name = "not-recursive"
    for event in helper.scope.events:
        called = event.callee if isinstance(event, Effect) and event.act is Act.CALL else None
        if called and _may_mean(helper, event, called):
            reason = f"{helper.name}() calls itself, for items that the loop does not have"
            return refuted(helper.scope, name, reason, event)
    if helper.code.owner is None:
        for node in walk(helper.node):
            if isinstance(node, ast.Name) and node.id == helper.name:
                reason = f"{helper.name}() hands itself on, and may be called for other items"
                return refuted(helper.scope, name, reason)
    return proven(name, f"{helper.name}() does not call itself")


def _may_mean(helper: Helper, event: Event, called: str) -> bool:
    """True if a call of which nothing is known may be one of the helper."""
    if called.rpartition(".")[2] != helper.name:
        return False
    full = helper.scope.index.resolve_local(event.frame.code.module, called)
    found = helper.scope.index.function(full) if full is not None else None
    if found is not None or helper.code.owner is None:
        own = helper.code.facts
        return found is not None and own is not None and found.full_name == own.full_name
    return True


def _not_replaced(helper: Helper) -> Precondition:
    name, facts = "not-replaced", helper.code.facts
    test = replaced_by(helper.program, facts) if facts is not None else None
    if test is not None:
        reason = f"{test} may put another function in place of {helper.name}()"
        return unknown(helper.scope, name, reason)
    return proven(name, f"no test puts another function in place of {helper.name}()")


def _item_kept(helper: Helper) -> Precondition:
    name = "item-kept"
    for parameter in helper.item:
        if parameter in helper.locals:
            return refuted(helper.scope, name, f"{helper.name}() assigns to {parameter}")
    return proven(name, f"{helper.title} stays what it is in {helper.name}()")


def _not_written(helper: Helper) -> Precondition:
    """Nothing is written in the helper before a query that moves up."""
    name = "nothing-written-between"
    if (effect := helper.written_between) is not None:
        reason = "this is done before one of the queries, which would come after it"
        return refuted(helper.scope, name, reason, effect)
    return proven(name, "nothing is written between the queries")


# The loop ------------------------------------------------------------------------------------


def of_site(
    helper: Helper, site: Site, asked: Lookup, start: int | None = None
) -> Iterator[Precondition]:
    """What depends on the loop that calls the helper.

    Args:
        asked: all that the helper is called with.
        start: the first event after the fetch; that of the loop where None.
    """
    stand_in, collection = asked.run, asked.collection
    assert collection is not None
    every = helper.every_moved
    raising = helper.raising or any(_may_fail(moved, site) for moved in every)
    for moved in every:
        runs = [r for r in site.deep if moved.lookup.run.is_sent_by(r)]
        if not runs:
            reason = f"not all of {helper.name}() is followed from this loop"
            yield unknown(site.scope, "calls-known", reason, stand_in)
        for run in runs:
            yield from _of_run(moved, site, run, asked, raising, start, moved in helper.moved)


def _may_fail(moved: Moved, site: Site) -> bool:
    """True if a condition besides the key may raise, as `boss.age` does if the boss is None."""
    checks = Checks(moved.lookup)
    return checks.failing is not None or any(
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and may_be_none(site.frame.env.get(node.value.id))
        for node in checks.rest
    )


def _of_run(
    moved: Moved, site: Site, run: Run, asked: Lookup, raising: bool, start: int | None, own: bool
) -> Iterator[Precondition]:
    """The same of one query that the call leads to, which is the helper's `own`."""
    stand_in, collection = asked.run, asked.collection
    assert collection is not None
    lookup = _seen(moved, site, run, asked)
    yield from _values(site, moved, run, asked)
    differ = own and keys_differ(asked, _as_given(moved, site))
    checks = SiteChecks(lookup, start, moved, differ)
    yield checks.keys_known()
    if raising and observable(site.scope, lookup.loop):
        reason = "a key, or a condition, that cannot be evaluated would raise before the loop"
        yield unknown(site.scope, "keys-known-before", reason, stand_in)
    yield checks.items_repeatable()
    yield checks.always_asked()
    yield listened.steady(lookup)
    yield checks.stays_loaded()
    yield checks.table_not_written()
    yield checks.flushes_alike()
    yield preconditions.no_unknown_calls(site.scope, checks.window)
    yield preconditions.not_suspended(site.scope, checks.window)
    yield checks.errors_not_handled()
    if lookup.is_get:
        yield checks.not_in_session()


def _seen(moved: Moved, site: Site, run: Run, asked: Lookup) -> Lookup:
    """The query as the loop sees it."""
    own = moved.lookup
    parts = _with_values(own, run)
    given = (KeyPart(parts[0].model, parts[0].column, each.operand, DATA) for each in asked.parts)
    return Lookup(
        site.scope, run, own.model, (*given, *parts), own.kind, own.amount, own.columns,
        own.aggregate, collection=asked.collection,
    )  # fmt: skip


def _as_given(moved: Moved, site: Site) -> Iterator[KeyPart]:
    """The parts of the key that are a parameter of the helper, as the loop's call gives it."""
    for part in moved.lookup.parts:
        given = site.arguments.get(part.operand.id) if isinstance(part.operand, ast.Name) else None
        if given is not None:
            yield replace(part, operand=given)


def _with_values(lookup: Lookup, run: Run) -> tuple[KeyPart, ...]:
    """The key as the loop's call makes it."""
    values = {id(p.operand): p.value for p in inner_query(run.query).predicates if p.value}
    if isinstance(lookup.run, Forwarded):
        values = lookup.run.values_in(run, lookup.parts)
    return tuple(
        replace(part, value=values.get(id(part.operand), part.value)) for part in lookup.parts
    )


def _values(site: Site, moved: Moved, run: Run, asked: Lookup) -> Iterator[Precondition]:
    given = [each.operand for each in asked.parts]
    for own, part in zip(moved.lookup.parts, _with_values(moved.lookup, run), strict=True):
        textual = any(is_textual(each, site.loops) for each in (part.operand, *given))
        yield keys_equal(site.scope, part, run, textual)
        if part.finds_null and not own.finds_null:
            reason = "the loop may bring a key of None, which the parameter's annotation rules out"
            yield refuted(site.scope, "null-keys", reason, run)


def never_none(helper: Helper, callers: Iterable[Scope]) -> Precondition:
    """No call of the helper, in a loop or not, brings a None that its annotation rules out."""
    name = "null-keys"
    ruled_out = [
        moved
        for moved in helper.moved
        if any(part.column.may_be_null and not part.may_be_none for part in moved.lookup.parts)
    ]
    for scope in callers if ruled_out else ():
        for moved in ruled_out:
            for run in filter(moved.lookup.run.is_sent_by, scope.runs):
                asked = _with_values(moved.lookup, run)
                pairs = zip(moved.lookup.parts, asked, strict=True)
                if any(part.finds_null and not own.finds_null for own, part in pairs):
                    text = f"{scope.code.title} may bring a key of None, which finds rows today"
                    return replace(unknown(scope, name, text), place=scope.place(run.site))
    return proven(name, "no call brings a key of None")


class SiteChecks(Checks):
    """The preconditions of one query, which may be fetched some time before its loop.

    Args:
        start: the first event after the fetch; that of the loop where None.
        moved: the query as the helper has it.
        differ: True if no key comes twice.
    """

    def __init__(
        self, lookup: Lookup, start: int | None, moved: Moved | None = None, differ: bool = False
    ) -> None:
        super().__init__(lookup)
        self.differ = differ
        self.start = lookup.loop.first if start is None else start
        self.moved = moved

    @cached_property
    def _kept(self) -> Sequence[Effect]:
        """The rows that the helper adds, and puts into what was fetched."""
        if self.moved is None:
            return ()
        return rows_kept.at_site(self.moved.fetch.upkeep, self.run, self.window)

    @cached_property
    def upkeep(self) -> Upkeep:
        found = upkeep(self.lookup, self.writes, self._kept, seen=not self.differ)
        return found if self.moved is None else rows_kept.judged(found, self.moved.fetch.upkeep)

    @cached_property
    def unseen(self) -> Sequence[Effect]:
        if self.moved is None or not rows_kept.unseen(self.moved.lookup, self.moved.fetch.upkeep):
            return ()
        return self._kept

    @cached_property
    def window(self) -> Sequence[Event]:
        return self.scope.events[self.start : self.lookup.loop.last + 1]


def same_arguments(helper: Helper, site: Site, code: BatchFunction) -> Precondition:
    """Whatever else the queries need is the same for every call.

    Args:
        code: the batch function, with what it needs.
    """
    name, scope = "same-arguments", site.scope
    if (receiver := _changing_receiver(helper, site)) is not None:
        reason = f"{helper.name}() is called on another object for every item"
        return replace(refuted(scope, name, reason), place=scope.place(receiver))
    assigned = batch_changes.assigned(site)
    if changed := code.fields & assigned:
        return refuted(scope, name, f"the loop assigns {min(changed)}, which {helper.name}() reads")
    if (attribute := batch_changes.changed_object(helper, site)) is not None:
        reason = f"the loop may change {attribute}, which a condition in {helper.name}() reads"
        return refuted(scope, name, reason)
    if (variable := batch_changes.refilled_name(helper, code.names)) is not None:
        reason = f"a function may change {variable}, which a condition in {helper.name}() reads"
        return refuted(scope, name, reason)
    mutated = set().union(*(mutated_names(scope, loop.owner) for loop in site.loops))
    for parameter in code.extra:
        node = site.arguments.get(parameter.arg)
        if node is None:
            continue
        attributes = {n.attr for n in walk(node) if isinstance(n, ast.Attribute)}
        if (
            parameter.arg in site.varying
            or loaded_names(node) & mutated
            or attributes & assigned
            or not is_pure(node)
            or batch_changes.refilled_argument(scope, node, mutated)
            or (not is_session(helper, site, parameter) and filled_argument(site, node))
        ):
            reason = f"{parameter.arg} may be another one for every item"
            return replace(refuted(scope, name, reason), place=scope.place(node))
        if (failing := Moments(scope).raising(node)) is not None:
            reason = f"{ast.unparse(failing)} may raise, and would where there is no item, too"
            return replace(unknown(scope, name, reason), place=scope.place(failing))
    return proven(name, "the other arguments are the same for every item")


def is_session(helper: Helper, site: Site, parameter: ast.arg) -> bool:
    """True for the parameter that the helper's queries are sent by."""
    senders = [moved.lookup.run.session_node for moved in helper.every_moved]
    return isinstance(site.frame.env.get(parameter.arg), Session) or any(
        isinstance(sender, ast.Name) and sender.id == parameter.arg for sender in senders
    )


def _changing_receiver(helper: Helper, site: Site) -> ast.expr | None:
    receiver = site.receiver if helper.is_method else None
    if receiver is None:
        return None
    pure = is_pure(receiver) and not any(isinstance(n, ast.Call) for n in walk(receiver))
    return None if pure and not loaded_names(receiver) & site.bound else receiver
