"""What keeps a query from loading a collection of which a part is fetched instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from codemods.patch import Code, Copied, Import, InsertBefore, Patch, Replace

if TYPE_CHECKING:
    from codemods.orm.loaded_parts import LoadedParts


def given_up(loaded: LoadedParts) -> tuple[Replace | None, tuple[Patch, ...]]:
    """What keeps the query from loading the collection: its option goes, or says so."""
    place = loaded.scope.place
    if loaded.option is not None:
        changed, *imports = loaded.option.patches()
        assert isinstance(changed, Replace)
        return changed, tuple(imports)
    if loaded.how == "lazy":
        return None, ()
    root = loaded.run.query.roots[0]
    entity = loaded.run.query.entities[0].node
    code = Code.of(
        f"{{root}}.options(lazyload({{entity}}.{loaded.step.relationship.name}))",
        root=Copied(place(root)), entity=Copied(place(entity)),
    )  # fmt: skip
    return Replace(place(root), code), (Import(place(root), "sqlalchemy.orm", "lazyload"),)


def within(
    patches: list[Patch], change: Replace | None, others: tuple[Patch, ...]
) -> Iterator[Patch]:
    """The patches with one more change, which may lie in code that they copy."""
    yield from others
    copied = False
    for patch in patches:
        if change is not None and isinstance(patch, InsertBefore):
            statements = tuple(_changed(code, change) for code in patch.statements)
            copied = copied or statements != patch.statements
            patch = replace(patch, statements=statements)
        yield patch
    if change is not None and not copied:
        yield change


def _changed(code: Code, change: Replace) -> Code:
    holes = {}
    for name, hole in code.holes:
        match hole:
            case Code():
                hole = _changed(hole, change)
            case Copied(
                place=place, substitute=substitute
            ) if place.path == change.place.path and place.span.contains(change.place.span):
                hole = replace(hole, substitute=(*substitute, (change.place, change.code)))
        holes[name] = hole
    return Code.of(code.text, **holes)
