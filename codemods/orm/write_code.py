"""The UPDATE or DELETE that stands in the place of a loop over rows."""

from __future__ import annotations

import ast

from codemods.orm.entity_names import entity_name
from codemods.orm.row_writes import Change, RowWrites
from codemods.patch import Code, Copied, Hole, Import, Patch, Remove, Replace

_SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-"}
_FETCH = 'synchronize_session="fetch"'


def patches(writes: RowWrites) -> tuple[Patch, ...]:
    """One statement in the place of the loop."""
    place = writes.scope.place
    code = _legacy(writes) if writes.run.query.style == "legacy" else _statement(writes)
    made: list[Patch] = [Replace(place(writes.loop.statement), code)]
    if writes.assigned is not None:
        made.append(Remove(place(writes.assigned)))
    if writes.zero is not None:
        made.append(Remove(place(writes.zero)))
    if writes.run.query.style != "legacy":
        name = "delete" if writes.deletes else "update"
        made.append(Import(place(writes.loop.statement), "sqlalchemy", name))
    return tuple(made)


def _legacy(writes: RowWrites) -> Code:
    """`query.update({M.name: value})`, `query.delete()`; both say how many rows there were."""
    place = writes.scope.place
    counted = _counted(writes)
    holes: dict[str, Hole] = {"query": Copied(place(writes.query))}
    if writes.deletes:
        return Code.of(f"{counted}{{query}}.delete({_FETCH})", **holes)
    holes["model"] = _model(writes)
    parts = []
    for number, change in enumerate(writes.changes):
        holes[f"v{number}"] = Copied(place(change.value))
        parts.append(f"{{model}}.{change.name}: {_value(change, number)}")
    return Code.of(f"{counted}{{query}}.update({{{{{', '.join(parts)}}}}}, {_FETCH})", **holes)


def _statement(writes: RowWrites) -> Code:
    """`session.execute(update(M).where(…).values(name=value))`."""
    place, run = writes.scope.place, writes.run
    assert run.session_node is not None
    holes: dict[str, Hole] = {"session": Copied(place(run.session_node)), "model": _model(writes)}
    text = "delete({model})" if writes.deletes else "update({model})"
    for call in run.query.calls:
        if call.method == "options":
            continue
        given = []
        for argument in call.node.args:
            key = f"c{len(holes)}"
            holes[key] = Copied(place(argument))
            given.append(f"{{{key}}}")
        for keyword in call.node.keywords:
            key = f"c{len(holes)}"
            holes[key] = Copied(place(keyword.value))
            given.append(f"{keyword.arg}={{{key}}}" if keyword.arg else f"**{{{key}}}")
        method = "filter_by" if call.method == "filter_by" else "where"
        text += f".{method}({', '.join(given)})"
    if not writes.deletes:
        given = []
        for number, change in enumerate(writes.changes):
            holes[f"v{number}"] = Copied(place(change.value))
            given.append(f"{change.name}={_value(change, number)}")
        text += f".values({', '.join(given)})"
    awaited = "await " if run.awaited else ""
    text = f"{awaited}{{session}}.execute({text}.execution_options({_FETCH}))"
    if writes.counter:
        text = f"{_counted(writes)}{f'({text})' if awaited else text}.rowcount"
    return Code.of(text, **holes)


def _counted(writes: RowWrites) -> str:
    """What the number of rows is added to."""
    if not writes.counter:
        return ""
    return f"{writes.counter} {'=' if writes.zero is not None else '+='} "


def _model(writes: RowWrites) -> Code | Copied:
    name = entity_name(writes.scope, writes.run.query)
    assert name is not None
    return name


def _value(change: Change, number: int) -> str:
    if change.operator is None:
        return f"{{v{number}}}"
    return f"{{model}}.{change.name} {_SIGNS[type(change.operator)]} {{v{number}}}"
