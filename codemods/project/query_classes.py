"""A project's own classes of queries: those that leave alone what SQLAlchemy's own does."""

from __future__ import annotations

from collections.abc import Set

from codemods.facts.symbols import Call, Name, Symbol
from codemods.facts.values import ModuleFacts
from codemods.project.classes import Classes, package_of

# A class that cannot be told: what `query_cls=made()` gives.
UNTOLD = ""

_PACKAGES = frozenset({"sqlalchemy", "flask_sqlalchemy"})
_ABOVE = frozenset({"Query", "BaseQuery"})
_GENERIC = frozenset({"typing.Generic", "object"})
# Methods that no other one of SQLAlchemy's Query calls.
LEAVES = frozenset({"get", "update", "delete"})
# What Query of SQLAlchemy 1.4 to 2.1 has besides.
_OWN = frozenset({
    "add_column", "add_columns", "add_entity", "all", "allows_lambda", "apply_labels", "as_scalar",
    "autoflush", "bind", "column_descriptions", "correlate", "count", "cte", "dispatch", "distinct",
    "enable_assertions", "enable_eagerloads", "except_", "except_all", "execute",
    "execution_options", "exists", "ext", "filter", "filter_by", "first", "from_self",
    "from_statement", "get_children", "get_execution_options", "get_label_style", "group_by",
    "having", "instances", "intersect", "intersect_all", "is_delete", "is_dml", "is_from_statement",
    "is_insert", "is_select", "is_single_entity", "is_text", "is_update", "join", "label",
    "lazy_loaded_from", "limit", "load_options", "logger", "logging_name", "memoized_attribute",
    "memoized_instancemethod", "merge_result", "offset", "one", "one_or_none", "only_return_tuples",
    "options", "order_by", "outerjoin", "params", "populate_existing", "prefix_with",
    "reset_joinpoint", "scalar", "scalar_subquery", "select_entity_from", "select_from",
    "selectable", "session", "set_label_style", "slice", "statement", "subquery", "suffix_with",
    "supports_execution", "tuples", "union", "union_all", "uses_inspection", "value", "values",
    "where", "whereclause", "with_entities", "with_for_update", "with_hint", "with_labels",
    "with_parent", "with_polymorphic", "with_session", "with_statement_hint", "with_transformation",
    "yield_per",
})  # fmt: skip


def query_class(classes: Classes, facts: ModuleFacts, given: Symbol, inside: str = "") -> str:
    """The full name of the class that is given for queries, `UNTOLD` where there is none.

    Args:
        inside: the qualified name of what it is given to, where that is in the body of a class.
    """
    full = classes.resolve(facts, given.dotted, inside) if isinstance(given, Name) else None
    return UNTOLD if full is None else full


def only_adds(classes: Classes, full_name: str, replaced: Set[str] = frozenset()) -> bool:
    """True for SQLAlchemy's class of queries, and for one below it that has methods of its own but
    takes the place of none: `order_query.filter(…).all()` does what it does for any query.

    Args:
        replaced: methods of which it may have its own.
    """
    line = classes.order(full_name)
    return any(_is_above(classes, name) for name in line) and all(
        _is_above(classes, name) or _adds(classes, name, replaced) for name in line
    )


def _is_above(classes: Classes, name: str) -> bool:
    """True for the class of queries of SQLAlchemy, of Flask-SQLAlchemy and of its `db`."""
    owner, _, last = name.rpartition(".")
    return last in _ABOVE and (package_of(name) in _PACKAGES or classes.is_flask(owner))


def _adds(classes: Classes, name: str, replaced: Set[str]) -> bool:
    item = classes.all.get(name)
    if item is None:
        return name in _GENERIC
    assigned = (value.name.rpartition(".")[2] for _, value in classes.linker.assigned(name))
    own = {*item.methods, *item.attributes, *assigned} - {"__doc__"}
    kept = (_OWN | LEAVES) - replaced
    plain = all(each not in kept and not each.startswith("_") for each in own)
    made = any(isinstance(base, Call) for base in item.bases)
    return plain and not (item.decorators or item.keywords or made)
