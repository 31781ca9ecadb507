"""An object that is made for each item does more than to keep what it is given."""

from typing import Any

from shop.models import Supplier
from sqlalchemy.orm import Session


class Suppliers:
    made = 0

    def __init__(self, session: Session) -> None:
        self.session = session
        Suppliers.made += 1

    def find_by(self, **filters: Any) -> "Supplier | None":
        return self.session.query(Supplier).filter_by(**filters).one_or_none()


class Sessions:
    def __init__(self, session: Session) -> None:
        self.session = session

    @property
    def session(self) -> Session:
        return self._session

    @session.setter
    def session(self, session: Session) -> None:
        print(session)
        self._session = session

    def find_by(self, **filters: Any) -> "Supplier | None":
        return self.session.query(Supplier).filter_by(**filters).one_or_none()


def found(session: Session, names: list[str]) -> list["Supplier | None"]:
    return [Suppliers(session).find_by(name=name) for name in names]


def shown(session: Session, names: list[str]) -> list["Supplier | None"]:
    return [Sessions(session).find_by(name=name) for name in names]
