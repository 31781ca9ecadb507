"""What several reads of one renderer have in common, to be told as one finding."""

from __future__ import annotations

import ast

from codemods.finding import Part, Term
from codemods.orm.eager import CHUNK, RowRead, in_loop, path_names
from codemods.orm.frames import Frame

_FAILS = "lazily, which raises MissingGreenlet in async code"


def part(read: RowRead) -> Part | None:
    """What `read` is a part of: all that one call reads of the rows of one query.

    None for what the code that has the rows reads itself, where each has its own line.
    """
    frame = _renderer(read) or _reader(read)
    rendering = None if frame is None else _rendering(read, frame)
    if frame is None or rendering is None or not read.scope.placed(rendering):
        return None
    scope = read.scope
    query, call = scope.place(read.query.roots[0]), scope.place(rendering)
    names = path_names(read.path)
    return Part(
        whole=(query, read.entity, read.fails, scope.name, call),
        call=call,
        note=f"the relationships are read by {frame.code.title}",
        path=".".join(names),
        trouble=_FAILS if read.fails else "with a query for each row",
        rows=read.root_name,
        once=frozenset({"", *_loaded_once(read)}),
        term=_term(read),
    )


def _renderer(read: RowRead) -> Frame | None:
    return next((f for f in read.first.frame.chain if f.code.renderer is not None), None)


def _reader(read: RowRead) -> Frame | None:
    """The activation that the rows are handed to, by the code that they are fetched for."""
    chain, sent = read.first.frame.chain, read.run.frame.chain
    own = [number for number, frame in enumerate(chain) if frame in sent]
    return chain[own[-1] + 1] if own and own[-1] + 1 < len(chain) else None


def _rendering(read: RowRead, frame: Frame) -> ast.expr | ast.stmt | None:
    """The call that renders; of a function that renders for others, the call where its rows are
    handed in."""
    if frame.caller is None or frame.call is None:
        return None
    above = frame.caller.chain
    if frame in read.run.frame.chain:
        # the template sends a query that it was given
        home = read.scope.around(read.query.roots[0]).node
        handing = [outer for outer in above if outer.code.node is home] or [above[0]]
    else:
        handing = [outer for outer in above if outer in read.run.frame.chain]
    return handing[-1].reached_by(frame.caller, frame.call)


def _loaded_once(read: RowRead) -> list[str]:
    """The shorter paths that are loaded with a statement each, the rows being one."""
    names = path_names(read.path)
    return [
        ".".join(names[:length])
        for length in range(1 + read.given, len(names))
        if not any(in_loop(item, read.run, read.entity) for item in read.reads_of(length))
    ]


def _term(read: RowRead) -> Term:
    owner = read.path[-2].relationship.name if len(read.path) > 1 else read.root_name
    keys = read.keys_name
    longer = keys if keys == read.rows_name else f"{keys} of {owner}"
    each = "2·{}" if any(item.reload for item in read.reads) else "{}"
    chunks = "⌈{}/" + f"{CHUNK}⌉"
    after = f"{chunks} + {chunks}" if read.subclass else chunks
    return Term(keys, longer, each, "" if read.joined else after)
