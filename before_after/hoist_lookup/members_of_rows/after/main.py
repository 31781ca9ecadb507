"""Properties and methods of rows ask queries with the values of their own row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Optional

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from labels import Label
from models import Base, Jar, Keeper, Shelf

__all__ = ["Base", "Jar", "Keeper", "Label", "Store", "row", "table"]


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Store:
    def __init__(self, session: Session) -> None:
        self.session = session

    def shelves(self) -> list[Shelf]:
        return self.session.query(Shelf).order_by(Shelf.id).all()

    def sizes(self) -> dict[int, int]:
        shelves = self.shelves()
        jar_counts: dict[int | None, int] = {}
        for shelf_ids in _chunks(shelf.id for shelf in shelves):
            for shelf_id, count in (
                self.session.query(Jar.shelf_id, func.count())
                .filter(Jar.shelf_id.in_(shelf_ids))
                .group_by(Jar.shelf_id)
            ):
                jar_counts[shelf_id] = count
        return {shelf.id: jar_counts.get(shelf.id, 0) for shelf in shelves}

    def keepers(self) -> list[tuple[str, Optional[int]]]:
        found = []
        shelves = self.shelves()
        keepers_by_name: dict[str | None, Keeper] = {}
        for names in _chunks(shelf.keeper for shelf in shelves):
            for found_keeper in self.session.query(Keeper).filter(Keeper.name.in_(names)):
                keepers_by_name[found_keeper.name] = found_keeper
        for shelf in shelves:
            keeper = keepers_by_name.get(shelf.keeper)
            found.append((shelf.name, keeper.id if keeper else None))
        return found

    def weights(self) -> list[int]:
        shelves = self.shelves()
        jar_sums: dict[int | None, Any] = {}
        for shelf_ids in _chunks(shelf.id for shelf in shelves):
            for shelf_id, value in (
                self.session.query(Jar.shelf_id, func.coalesce(func.sum(Jar.grams), 0))
                .filter(Jar.shelf_id.in_(shelf_ids))
                .group_by(Jar.shelf_id)
            ):
                jar_sums[shelf_id] = value
        return [jar_sums.get(shelf.id, 0) for shelf in shelves]


def labelled(session: Session) -> list[int]:
    found = []
    shelves = session.scalars(select(Shelf).order_by(Shelf.id)).all()
    known_shelf_ids: set[int] = set()
    for shelf_ids in _chunks(shelf.id for shelf in shelves):
        known_shelf_ids.update(
            shelf_id
            for (shelf_id,) in session.query(Label.shelf_id)
            .filter(Label.shelf_id.in_(shelf_ids))
            .distinct()
        )
    for shelf in shelves:
        if shelf.id in known_shelf_ids:
            found.append(shelf.id)
    return found


def jar_counts_by_shelf_id(session: Session, shelves: Iterable[Shelf]) -> dict[int | None, int]:
    """Fetch what row() looks up for all of these shelves."""
    jar_counts: dict[int | None, int] = {}
    for shelf_ids in _chunks(shelf.id for shelf in shelves):
        for shelf_id, count in session.execute(
            select(Jar.shelf_id, func.count(Jar.id))
            .where(Jar.shelf_id.in_(shelf_ids), Jar.full.is_(True))
            .group_by(Jar.shelf_id)
        ):
            jar_counts[shelf_id] = count
    return jar_counts


def row(
    session: Session, shelf: Shelf, *, jar_counts: dict[int | None, int] | None = None
) -> tuple[str, int]:
    if jar_counts is None:
        jar_counts = jar_counts_by_shelf_id(session, [shelf])
    return shelf.name, jar_counts.get(shelf.id, 0)


def table(session: Session) -> list[tuple[str, int]]:
    shelves = session.query(Shelf).order_by(Shelf.id).all()
    jar_counts = jar_counts_by_shelf_id(session, shelves)
    return [row(session, shelf, jar_counts=jar_counts) for shelf in shelves]
