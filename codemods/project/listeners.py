"""Event listeners: `event.listen(Order, "before_update", …)`, `@event.listens_for(Session, …)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codemods.facts.symbols import Call, Items, Name, Symbol, text_of
from codemods.facts.values import CallFacts, ModuleFacts
from codemods.project.classes import Classes, package_of
from codemods.project.sessions import is_test

if TYPE_CHECKING:
    from pathlib import Path

UNKNOWN_TARGET = "*"
_LISTEN = frozenset({"listen", "listens_for"})
_SESSION_EVENTS = frozenset(
    [
        "before_flush",
        "after_flush",
        "after_flush_postexec",
        "before_commit",
        "after_commit",
        "after_soft_rollback",
        "after_rollback",
        "after_begin",
        "before_attach",
        "after_attach",
        "do_orm_execute",
        "after_bulk_update",
        "after_bulk_delete",
        "after_transaction_create",
        "after_transaction_end",
        "pending_to_persistent",
        "transient_to_pending",
        "pending_to_transient",
        "persistent_to_transient",
        "persistent_to_deleted",
        "deleted_to_persistent",
        "deleted_to_detached",
        "persistent_to_detached",
        "detached_to_persistent",
        "loaded_as_persistent",
    ]
)
# These come while classes and tables are set up, never while rows are read or written.
_SET_UP = frozenset(
    {
        "after_configured",
        "after_create",
        "after_drop",
        "after_mapper_constructed",
        "after_parent_attach",
        "attribute_instrument",
        "before_configured",
        "before_create",
        "before_drop",
        "before_mapper_configured",
        "before_parent_attach",
        "class_instrument",
        "column_reflect",
        "instrument_class",
        "mapper_configured",
    }
)
_ALL_MODELS = frozenset({"Mapper", "mapper", "InstrumentedAttribute", "QueryableAttribute"})


class Listeners:
    """The listeners of a project, its tests aside.

    `events` maps the full name of what is listened to (a class, an attribute's class, a session
    factory, `sqlalchemy.engine.Engine`, `*` for what could not be told) to the events' names;
    `session_events` holds the names of those that sessions send.
    """

    def __init__(self, classes: Classes, root: Path) -> None:
        self.classes = classes
        self.session_events: frozenset[str] = frozenset()
        found: dict[str, set[str]] = {}
        calls = [
            (facts, item)
            for facts in classes.linker.modules.values()
            if not is_test(facts.path, root)
            for item in facts.calls
            if item.call.func.rpartition(".")[2] in _LISTEN
        ]
        wrappers = {name for facts, item in calls if (name := self._wrapper(facts, item))}
        for facts, item in calls:
            full = classes.linker.resolve_local(facts, item.call.func)
            known = full in wrappers or self._listens(item.call, full)
            if known and self._wrapper(facts, item) is None:
                self._listen(facts, item.call, found)
        self.events = {target: frozenset(names) for target, names in found.items()}

    def _listens(self, call: Call, full: str | None) -> bool:
        if full is None:
            return call.func.split(".")[-2:-1] == ["event"]
        return package_of(full) == "sqlalchemy"

    def _wrapper(self, facts: ModuleFacts, item: CallFacts) -> str | None:
        """The project's own `listens_for`, if it is what hands its target to SQLAlchemy's."""
        target = item.call.argument(0, "target")
        if item.function is None or not isinstance(target, Name):
            return None
        outer = facts.functions.get(item.function.partition(".<locals>.")[0])
        if outer is None or outer.name not in _LISTEN:
            return None
        given = any(parameter.name == target.dotted for parameter in outer.parameters)
        return outer.full_name if given else None

    def _listen(self, facts: ModuleFacts, call: Call, found: dict[str, set[str]]) -> None:
        name = text_of(call.argument(1, "identifier")) or "*"
        if name in _SET_UP:
            return
        for target in self._targets(facts, call.argument(0, "target")):
            if name in _SESSION_EVENTS:
                self.session_events |= {name}
                if target == UNKNOWN_TARGET:
                    continue
            if target.startswith("sqlalchemy.") and target.rpartition(".")[2] in _ALL_MODELS:
                target = UNKNOWN_TARGET
            found.setdefault(target, set()).add(name)

    def _targets(self, facts: ModuleFacts, written: Symbol | None) -> list[str]:
        if isinstance(written, Items):
            return [name for part in written.elements for name in self._targets(facts, part)]
        if not isinstance(written, Name):
            return [UNKNOWN_TARGET]
        full = self.classes.linker.resolve_local(facts, written.dotted)
        if full is None:
            last = written.dotted.rpartition(".")[2].lower()
            harmless = "engine" in last or "session" in last or "pool" in last
            return [written.dotted if harmless else UNKNOWN_TARGET]
        owner = full.rpartition(".")[0]
        return [owner if owner in self.classes.all and full not in self.classes.all else full]
