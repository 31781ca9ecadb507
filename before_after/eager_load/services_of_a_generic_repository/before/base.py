"""A repository for any model, and a service that hands on what it gives."""

from typing import Generic, Sequence, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

E = TypeVar("E")


class Repository(Generic[E]):
    def __init__(self, model: type[E], session: Session) -> None:
        self.model = model
        self.session = session

    def listed(self) -> Sequence[E]:
        return self.session.scalars(select(self.model).order_by(self.model.id)).all()


class Service(Generic[E]):
    def __init__(self, repository: Repository[E]) -> None:
        self.repository = repository

    def listed(self) -> Sequence[E]:
        return self.repository.listed()
