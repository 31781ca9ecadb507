"""The worked suggestion for a commit in a loop: one commit behind it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.finding import Fix
from codemods.orm.bindings import assigned_names
from codemods.orm.commits import Repeated, reads_keys
from codemods.orm.events import Act, Effect, Loop
from codemods.orm.frames import Frame
from codemods.orm.naming import used_names
from codemods.orm.preconditions import unknown
from codemods.patch import (
    AddKeyword,
    AddParameter,
    Code,
    Copied,
    InsertAfter,
    Patch,
    Remove,
    Replace,
)

_MEANING = {
    Act.COMMIT: "with one commit nothing is saved if an item fails, where now all before it are",
    Act.FLUSH: "with one flush an error of the database comes after all items, not at its own",
}
_WORDS = {Act.COMMIT: "commit", Act.FLUSH: "flush", Act.REFRESH: "refresh"}


def suggestion(repeated: Repeated) -> Fix | None:
    """How the loop would look with one commit, or flush, after it; None where that takes more
    than moving a line. It is shown and never applied."""
    effect = repeated.first
    if repeated.statement is None:
        return None
    if effect.act is Act.REFRESH:
        return _unread(repeated)
    patches = _moved(repeated) if effect.own else _asked(repeated)
    if not patches:
        return None
    verb = _WORDS[effect.act]
    title = f"{verb.capitalize()} once, after the loop"
    if repeated.helper and not effect.own:
        title = f"{title}, and let {repeated.helper} do without"
    condition = unknown(repeated.scope, "all-or-nothing", _MEANING[effect.act], effect)
    return Fix(title, (condition,), lambda: patches, display=True)


def _unread(repeated: Repeated) -> Fix | None:
    """The loop goes without reading each row again."""
    scope, statement = repeated.scope, repeated.statement
    block, _ = scope.flow.blocks.get(statement, ([], 0)) if statement is not None else ([], 0)
    if statement is None or not repeated.first.own or len(block) < 2:
        return None
    reason = "what the database has changed meanwhile is read no more, or by one query for all rows"
    condition = unknown(scope, "read-again", reason, repeated.first)
    patches = (Remove(scope.place(statement)),)
    return Fix("Do without refresh()", (condition,), lambda: patches, display=True)


def _moved(repeated: Repeated) -> tuple[Patch, ...]:
    """The statement moves behind the loop."""
    scope, effect = repeated.scope, repeated.first
    statement = repeated.statement
    assert isinstance(statement, ast.Expr)
    block, _ = scope.flow.blocks[statement]
    loop = _outermost(repeated, _owner(effect))
    # what is expired by the next commit is not worth to be read again
    kept = list(_followed_by(repeated, statement))
    left = [each for each in repeated.effects if each.act is Act.REFRESH]
    if len(block) < 2 + len(kept) or loop is None or (left and not kept):
        return ()
    unread = tuple(Remove(scope.place(item)) for item in kept)
    whole = Copied(scope.place(statement.value))
    after = InsertAfter(scope.place(loop.statement), (Code.of("{sent}", sent=whole),))
    if effect.act is Act.COMMIT and reads_keys(scope, repeated.loop):
        awaited = "await " if isinstance(statement.value, ast.Await) else ""
        flushed = Code(f"{awaited}{_owner(effect)}.flush()")
        return (Replace(scope.place(statement), flushed), *unread, after)
    return (Remove(scope.place(statement)), *unread, after)


def _owner(effect: Effect) -> str | None:
    """What the code calls the session: `db`, `self.session`."""
    match effect.node:
        case ast.Call(func=ast.Attribute(value=owner)):
            return dotted_name(owner)
    return None


def _outermost(repeated: Repeated, session: str | None) -> Loop | None:
    """The outermost loop behind which the session still has its name."""
    root = session.partition(".")[0] if session else None
    if root is None:
        return None
    found = None
    for loop in reversed(repeated.loops):
        within = isinstance(loop.statement, ast.Assign | ast.AnnAssign | ast.Expr)
        if root in assigned_names(loop.owner) or not (loop.is_statement or within):
            break
        found = loop
    return found


def _asked(repeated: Repeated) -> tuple[Patch, ...]:
    """The helper is told not to commit, and the caller does it behind the loop."""
    scope, effect = repeated.scope, repeated.first
    frame, verb = effect.frame, _WORDS[effect.act]
    call, node, statement = frame.call, frame.code.node, repeated.statement
    if len(frame.chain) != 2 or not isinstance(call, ast.Call) or isinstance(node, ast.Module):
        return ()
    if not isinstance(statement, ast.Expr) or scope.program.home(statement) is not frame.code:
        return ()
    session = _session_of_caller(repeated, frame)
    if session is None or verb in used_names(node) or not frame.code.facts:
        return ()
    loop = _outermost(repeated, session)
    if loop is None:
        return ()
    kept = list(_followed_by(repeated, statement))
    text = f"if {verb}:\n    {{first}}" + "".join(f"\n    {{more{n}}}" for n in range(len(kept)))
    holes = {f"more{n}": Copied(scope.place(item)) for n, item in enumerate(kept)}
    awaited = "await " if isinstance(statement.value, ast.Await) else ""
    if effect.act is Act.COMMIT and reads_keys(scope, repeated.loop):
        text += f"\nelse:\n    {awaited}{_owner(effect)}.flush()"
    guarded = Code.of(text, first=Copied(scope.place(statement)), **holes)
    annotated = any(arg.annotation for arg in (*node.args.args, *node.args.kwonlyargs))
    return (
        Replace(scope.place(statement), guarded),
        *(Remove(scope.place(item)) for item in kept),
        AddParameter(
            frame.code.facts.place,
            verb,
            Code("bool") if annotated else None,
            f"whether to {verb}",
            "True",
        ),
        AddKeyword(scope.place(call), verb, Code("False")),
        InsertAfter(scope.place(loop.statement), (Code(f"{awaited}{session}.{verb}()"),)),
    )


def _followed_by(repeated: Repeated, statement: ast.stmt) -> Iterator[ast.stmt]:
    """The refreshes right after the commit, which are nothing without it."""
    refreshes = {id(e.node) for e in repeated.scope.effects if e.act is Act.REFRESH}
    for block in _blocks(repeated.first.frame.code.node):
        if statement in block:
            for following in block[block.index(statement) + 1 :]:
                value = following.value if isinstance(following, ast.Expr) else None
                if id(value.value if isinstance(value, ast.Await) else value) not in refreshes:
                    return
                yield following


def _blocks(top: ast.AST) -> Iterator[list[ast.stmt]]:
    for node in walk(top):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list):
                yield block


def _session_of_caller(repeated: Repeated, frame: Frame) -> str | None:
    """What the caller calls the session that the helper commits."""
    owner = _owner(repeated.first)
    if owner is None:
        return None
    first, _, rest = owner.partition(".")
    if frame.hands_on(first):
        given = frame.argument(first)
        if first == "self" and isinstance(frame.call, ast.Call):
            match frame.call.func:
                case ast.Attribute(value=ast.Name(id="self")):
                    return owner
                case ast.Attribute(value=of) if not rest.startswith("_"):
                    called_on = dotted_name(of)
                    return f"{called_on}.{rest}" if called_on and rest else None
            return None
        handed = dotted_name(given) if given is not None else None
        return f"{handed}.{rest}" if handed and rest else handed
    index, scope = repeated.scope.index, repeated.scope
    meant = index.resolve_local(frame.code.module, first)
    here = index.resolve_local(scope.module, first)
    return owner if meant is not None and meant == here else None
