"""Properties and methods of rows ask queries with the values of their own row."""

from __future__ import annotations

from typing import Optional

from sqlalchemy import select
from sqlalchemy.orm import Session

from labels import Label
from models import Base, Jar, Keeper, Shelf

__all__ = ["Base", "Jar", "Keeper", "Label", "Store", "row", "table"]


class Store:
    def __init__(self, session: Session) -> None:
        self.session = session

    def shelves(self) -> list[Shelf]:
        return self.session.query(Shelf).order_by(Shelf.id).all()

    def sizes(self) -> dict[int, int]:
        return {shelf.id: shelf.size for shelf in self.shelves()}

    def keepers(self) -> list[tuple[str, Optional[int]]]:
        found = []
        for shelf in self.shelves():
            keeper = shelf.kept_by
            found.append((shelf.name, keeper.id if keeper else None))
        return found

    def weights(self) -> list[int]:
        return [shelf.weight(self.session) for shelf in self.shelves()]


def labelled(session: Session) -> list[int]:
    found = []
    for shelf in session.scalars(select(Shelf).order_by(Shelf.id)).all():
        if shelf.has_jars(session):
            found.append(shelf.id)
    return found


def row(session: Session, shelf: Shelf) -> tuple[str, int]:
    return shelf.name, shelf.number_of_full(session)


def table(session: Session) -> list[tuple[str, int]]:
    return [row(session, shelf) for shelf in session.query(Shelf).order_by(Shelf.id)]
