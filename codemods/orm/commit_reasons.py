"""Why a loop commits, flushes or refreshes as often as it does, as far as the code shows it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from codemods.facts.nodes import children, walk
from codemods.orm import rounds
from codemods.orm.events import Act, Effect, Event, Loop, Run
from codemods.orm.values import Row, Session

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

# Names of conditions under which only some iterations are meant to commit.
_NOW_AND_THEN = re.compile(
    r"(^|_)(batch|chunk|every|interval|size|commit|flush|count|counter|limit|elapsed|dry_run)"
    r"(_|e?s$|$)"
)
_LOCKS = re.compile(
    r"(^|_)(locks?|locked|unlock|acquire|acquired|release|released|semaphore|mutex|lease)(_|$)"
)
_PROGRESS = re.compile(
    r"(^|_)(progress|percent|percentage|processed|done|completed|remaining|current|heartbeat|"
    r"status|state|last)(_|$)"
)
# What has been done out there stays done, whatever becomes of the transaction.
_DONE_OUTSIDE = re.compile(
    r"(^|_)(send|sent|publish|notify|deliver|post|put|patch|request|delay|apply_async|enqueue|"
    r"queue|emit|upload|download|charge|submit|dispatch|trigger|unlink|rmtree|urlopen|"
    r"check_output|popen|sleep|sync|run|call|invoke|execute|process|import|crawl|scrape|fetch|"
    r"mail|email|webhook|delete|remove|save|write|upgrade|migrate|restart|start|stop)(_|$)"
)
_OUTSIDE = frozenset({
    "requests", "httpx", "aiohttp", "urllib", "subprocess", "smtplib", "boto3", "s3", "client",
    "redis", "cache", "queue", "mail", "http", "api", "socket", "shutil", "os", "storage",
    "producer", "channel", "celery", "plugin", "plugins",
})  # fmt: skip
_CONDITIONS = ast.If | ast.IfExp | ast.BoolOp | ast.match_case | ast.While | ast.For | ast.AsyncFor
_TRIES = ast.Try | ast.TryStar


def within(scope: Scope, loop: Loop) -> Sequence[Event]:
    """What happens in a loop."""
    return scope.between(loop.first - 1, loop.last)


def is_migration(scope: Scope) -> bool:
    """True for a file that runs once, and then never again."""
    return any(target.startswith("alembic") for target in scope.module.imports.values())


# -- whose session ------------------------------------------------------------------------------


def remembered(effect: Effect) -> bool:
    """True if a function does it whose answers a cache keeps, so that few calls come to it."""
    inner = (name for frame in effect.frame.chain for name in frame.code.decorators)
    return any("cache" in name or "memo" in name for name in inner)


def own_session(loop: Loop, effect: Effect) -> bool:
    """True if each iteration, or what it calls, opens a session of its own."""
    if not isinstance(effect.node, ast.Call):
        return True
    if isinstance(effect.target, Session) and effect.target.shared:
        return False
    node: ast.expr = effect.node.func
    for frame in reversed(effect.frame.chain):
        root = _root(node)
        if root is None:
            return True
        if frame.caller is None:
            return root in loop.names or root in loop.assigned
        given = frame.argument(root) if frame.hands_on(root) else None
        if root in ("self", "cls") and isinstance(frame.call, ast.Call):
            node = frame.call.func
        elif given is not None:
            node = given
        elif frame.hands_on(root):
            return False  # a parameter's default, or one of a function further down
        else:
            return root in _bound(frame.code.node)
    return False


def _root(node: ast.expr) -> str | None:
    """The name that a chain of attributes and method calls begins with."""
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Call) and not isinstance(node.func, ast.Attribute):
            return None
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return node.id if isinstance(node, ast.Name) else None


def _bound(node: ast.AST) -> set[str]:
    return {n.id for n in walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


# -- what it stands in --------------------------------------------------------------------------


def _ancestors(top: ast.AST, node: ast.AST) -> list[tuple[ast.AST, ast.AST]]:
    """What `node` stands in below `top`, innermost first, each with its part that leads there."""
    return list(_leading(top, node))[:-1]


def _leading(top: ast.AST, node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """The same with `top`; nothing if `node` is not there."""
    line = getattr(node, "lineno", 0)
    for child in children(top):
        if child is node:
            yield top, child
            return
        if getattr(child, "lineno", line) <= line <= getattr(child, "end_lineno", line):
            found = list(_leading(child, node))
            if found:
                yield from (*found, (top, child))
                return


def around(scope: Scope, loop: Loop, effect: Effect) -> Iterator[tuple[ast.AST, ast.AST]]:
    """What an effect stands in inside of a loop, also in the functions that lead there.

    What has a function of its own that is only known by what it does is looked up in its code.
    """
    yield from _ancestors(loop.node, effect.site)
    seen: list[ast.AST] = [scope.node]
    for frame in effect.frame.chain[1:]:
        at = frame.reached_by(effect.frame, effect.node)
        if at is not None:
            seen.append(frame.code.node)
            yield from _ancestors(frame.code.node, at)
    home = scope.program.home(effect.node)
    if home is not None and home.node not in seen:
        yield from _ancestors(home.node, effect.node)


def sometimes(scope: Scope, loop: Loop, effect: Effect) -> bool:
    """True if not every item comes to it."""
    if effect.conditional_in(loop) or any(
        isinstance(outer, _CONDITIONS) for outer, _ in around(scope, loop, effect)
    ):
        return True
    home = scope.program.home(effect.node)
    if not effect.own and home is not effect.frame.code:
        return True  # what leads there from function to function is not known in full
    places: list[tuple[ast.AST, ast.expr | ast.stmt]] = [(loop.node, effect.site)]
    for frame in effect.frame.chain[1:]:
        at = frame.reached_by(effect.frame, effect.node)
        if at is not None:
            places.append((frame.code.node, at))
    return any(
        isinstance(node, ast.Return | ast.Continue) and node.lineno < at.lineno
        for top, at in places
        for node in walk(top)
    )


def now_and_then(scope: Scope, loop: Loop, effect: Effect) -> bool:
    """True if only some iterations are meant to come to it: every 500th, or where asked to."""
    counted = {
        node.target.id
        for node in rounds.body_of(loop)
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)
    }
    tests = [b.test for b in effect.branches if b not in loop.branches and b.test is not None]
    for outer, _ in around(scope, loop, effect):
        if isinstance(outer, ast.If):
            tests.append(outer.test)
    for node in (node for test in tests for node in walk(test)):
        match node:
            case ast.BinOp(op=ast.Mod()) | ast.Call(func=ast.Name(id="len" | "divmod")):
                return True
            case ast.Name(id=name) | ast.Attribute(attr=name):
                if name in counted or _NOW_AND_THEN.search(name.lower()):
                    return True
    return False


def last_thing(scope: Scope, loop: Loop, effect: Effect) -> bool:
    """True if the loop is left after it."""
    if isinstance(loop.node, ast.comprehension):
        return False
    blocks = scope.flow.blocks
    outer = [effect.statement, *(o for o, _ in _ancestors(loop.node, effect.site))]
    for statement in outer:
        block, position = blocks.get(statement, ([], 0)) if isinstance(statement, ast.stmt) else (
            [], 0,
        )  # fmt: skip
        if any(isinstance(s, ast.Return | ast.Break | ast.Raise) for s in block[position:]):
            return True
    return False


def in_handler(scope: Scope, loop: Loop, effect: Effect) -> bool:
    """True for what an `except` or a `finally` does."""
    return any(
        isinstance(outer, ast.ExceptHandler)
        or (isinstance(outer, _TRIES) and inner in outer.finalbody)
        for outer, inner in around(scope, loop, effect)
    )


def tolerated(scope: Scope, loop: Loop, effect: Effect) -> bool:
    """True if the loop goes on after an error in it."""
    for outer, inner in around(scope, loop, effect):
        if isinstance(outer, _TRIES) and inner in (*outer.body, *outer.orelse):
            if any(not isinstance(h.body[-1], ast.Raise) for h in outer.handlers):
                return True
        elif isinstance(outer, ast.With | ast.AsyncWith) and any(
            rounds.called(item.context_expr) == "suppress" for item in outer.items
        ):
            return True
    return False


# -- what it is for -----------------------------------------------------------------------------


def has_reason(scope: Scope, loop: Loop) -> bool:
    """True if something in the loop needs the transaction to end, or to have ended."""
    for node in rounds.body_of(loop):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                if name == "sleep" or _LOCKS.search(name.lower()):
                    return True
            case ast.Try() if any(_goes_on(handler) for handler in node.handlers):
                return True
    source = getattr(loop.items, "run", None)
    if isinstance(source, Run) and source.query.has("with_for_update"):
        return True
    for event in within(scope, loop):
        match event:
            case Run(query=query) if query.has("with_for_update"):
                return True
            case Effect(act=Act.YIELD | Act.SAVEPOINT):
                return True
            case Effect(act=Act.ROLLBACK) if not _raises(event):
                return True
            case Effect(act=Act.CALL, callee=str() as callee) if _done_outside(callee):
                return True
    return False


def _goes_on(handler: ast.ExceptHandler) -> bool:
    """True for an `except` of whatever goes wrong with an item, after which the next one comes."""
    broad = handler.type is None or (
        isinstance(handler.type, ast.Name) and handler.type.id in ("Exception", "BaseException")
    )
    return broad and not isinstance(handler.body[-1], ast.Raise)


def _raises(event: Event) -> bool:
    """True for what stands in a handler that raises in the end."""
    for branch in event.branches:
        if isinstance(branch.node, _TRIES) and branch.arm > 0:
            handler = branch.node.handlers[branch.arm - 1]
            if isinstance(handler.body[-1], ast.Raise):
                return True
    return False


def _done_outside(callee: str) -> bool:
    parts = re.split(r"[.()]+", callee.lower())
    return bool(_OUTSIDE.intersection(parts)) or bool(_DONE_OUTSIDE.search(parts[-1]))


def shows_progress(loop: Loop, commits: Sequence[Effect], events: Iterable[Event]) -> bool:
    """True if others are meant to see how far the loop has come.

    It commits before and after the work, or counts on a row that is not the iteration's own.
    """
    own = [effect for effect in commits if effect.own]
    if len({effect.node for effect in own}) > 1 and not own[-1].conditional_in(loop):
        return True
    for event in events:
        if not isinstance(event, Effect) or event.act is not Act.SET or not event.attribute:
            continue
        row = event.target
        if not isinstance(row, Row) or row.new or not _PROGRESS.search(event.attribute.lower()):
            continue
        if not any(loop in origin.via or _found_in(origin.run, loop) for origin in row.origins):
            return True
    return False


def _found_in(run: Run | None, loop: Loop) -> bool:
    return run is not None and loop.first <= run.index <= loop.last
