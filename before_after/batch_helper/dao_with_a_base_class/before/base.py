"""What the data access objects share."""

from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Query, Session

M = TypeVar("M")


class BaseDAO(Generic[M]):
    model: type[M]

    def __init__(self, session: Session) -> None:
        self.session = session

    def query(self) -> "Query[Any]":
        return self.session.query(self.model)
