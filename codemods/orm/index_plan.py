"""Which indexes a table lacks: few, each for as much of what is asked as it can serve."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.orm.declaration import Declaration, owner
from codemods.orm.index_needs import Need, Needs
from codemods.source import Place

if TYPE_CHECKING:
    from codemods.project.model import Column, Model

# Databases that give every foreign key an index.
_INDEXING = frozenset({"mysql", "mariadb"})
_MOST = 3


@dataclass(frozen=True)
class LackedIndex:
    """An index over attributes of a class, and what asks for it."""

    model: Model = field(repr=False)
    names: tuple[str, ...]
    needs: tuple[Need, ...] = ()

    @property
    def first(self) -> Column:
        return self.model.columns[self.names[0]]

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(dict.fromkeys(need.place for need in self.needs))

    @property
    def message(self) -> str:
        name, columns = self.model.name, self.names
        told = f"{name}.{columns[0]}"
        if len(columns) > 1:
            rest = [*columns[1:-1], columns[-1]]
            told += f" with {' and '.join(rest)}"
        reasons = []
        if self.first.foreign_key is not None:
            reasons.append("which is a foreign key")
        for kind, verb in (("filter", "filter"), ("join", "join"), ("sort", "sort")):
            count = len({need.place for need in self.needs if need.kind == kind})
            if count:
                reasons.append(f"by which {count} {_plural(count)} {verb}{'s' * (count == 1)}")
        which = "no index begins with" if len(columns) == 1 else "no index serves"
        return f"{which} {told}, {' and '.join(reasons)}"


def _plural(count: int) -> str:
    return "query" if count == 1 else "queries"


def lacked(declaration: Declaration) -> Iterator[LackedIndex]:
    """The indexes that the table of a class lacks, in the order of its columns."""
    model, program = declaration.model, declaration.program
    if not model.primary_key:
        return
    needs = program.one(Needs)
    own = [c for c in model.columns.values() if owner(program, model, c) is model]
    keys = [
        column.name
        for column in own
        if column.foreign_key is not None and needs.fit(column)
        and not _indexed_by_itself(declaration) and not needs.led(model, column.name)
    ]  # fmt: skip
    order = {column.name: number for number, column in enumerate(own)}
    asked = [n for n in needs.of(model) if (n.equal | {n.then or ""}) - {""} <= order.keys()]
    weight = Counter(name for need in asked for name in need.equal)
    weight.update(keys)
    first = {need: _first(need, set(keys), weight, order) for need in asked}
    for name in sorted({*first.values(), *keys}, key=lambda name: order[name]):
        served = tuple(need for need in asked if first[need] == name)
        rest = [
            tuple(sorted(need.equal - {name}, key=lambda other: (-weight[other], order[other])))
            for need in served
        ]
        yield LackedIndex(model, (name, *_more(served, rest, model)), served)


def _more(served: tuple[Need, ...], rest: list[tuple[str, ...]], model: Model) -> tuple[str, ...]:
    """What follows the first column: what is compared with it, else what half of the queries have
    a range of or sort by."""
    equal = Counter(filter(None, rest))
    if equal:
        return max(equal, key=lambda names: (equal[names], len(names)))[: _MOST - 1]
    then = Counter(need.then for need in served if need.equal and need.then is not None)
    for name, count in then.most_common(1):
        if 2 * count >= len(served) and name not in model.primary_key:
            return (name,)
    return ()


def _first(need: Need, keys: set[str], weight: Counter[str], order: dict[str, int]) -> str:
    """The column that an index for it begins with: a foreign key, which needs one anyway and tells
    more rows apart than most, else what most queries compare."""
    if not need.equal:
        assert need.then is not None
        return need.then
    return min(need.equal, key=lambda name: (name not in keys, -weight[name], order[name]))


def _indexed_by_itself(declaration: Declaration) -> bool:
    databases = declaration.settings.database
    return bool(databases) and _INDEXING.issuperset(databases)
