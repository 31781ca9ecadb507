"""Functions of the database that a query asks alone, and that may do more than to compute."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.facts.symbols import dotted_name
from codemods.orm import names
from codemods.orm.values import Condition, Symbol

if TYPE_CHECKING:
    from codemods.orm.flow import Flow
    from codemods.orm.query import Query

_COMPUTING = frozenset({
    "now", "current_timestamp", "current_date", "current_time", "localtime", "localtimestamp",
    "sysdate", "getdate", "getutcdate", "utc_timestamp", "clock_timestamp", "date", "datetime",
    "strftime", "julianday", "date_trunc", "to_char", "random", "rand", "newid", "gen_random_uuid",
    "uuid_generate_v4", "version", "current_user", "session_user", "current_database", "database",
    "current_schema", "pg_backend_pid", "nextval", "currval", "lastval", "last_insert_rowid",
    "last_insert_id", "abs", "round", "lower", "upper", "length", "coalesce",
})  # fmt: skip


def calls_procedure(flow: Flow, query: Query) -> bool:
    """True for `select(func.set_config(…))`, which reads no table and may write any."""
    if query.joins or not query.entities:
        return False
    return all(
        isinstance(entity.value, Condition)
        and not entity.value.models
        and isinstance(entity.node, ast.Call)
        and _may_write(flow, entity.node)
        for entity in query.entities
    )


def _may_write(flow: Flow, node: ast.Call) -> bool:
    dotted = dotted_name(node.func) or ""
    owner, _, name = dotted.rpartition(".")
    while owner:
        value = flow.lookup(owner)
        if isinstance(value, Symbol) and value.full_name in names.FUNC:
            return name not in _COMPUTING
        # func.pg_catalog.set_config
        owner = owner.rpartition(".")[0]
    return False
