"""A repository for any model, and a service that hands on what it gives."""

from typing import Generic, Sequence, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.interfaces import ORMOption

E = TypeVar("E")


class Repository(Generic[E]):
    def __init__(self, model: type[E], session: Session) -> None:
        self.model = model
        self.session = session

    def listed(self, *, options: Sequence[ORMOption] = ()) -> Sequence[E]:
        return self.session.scalars(
            select(self.model).options(*options).order_by(self.model.id)
        ).all()


class Service(Generic[E]):
    def __init__(self, repository: Repository[E]) -> None:
        self.repository = repository

    def listed(self, *, options: Sequence[ORMOption] = ()) -> Sequence[E]:
        return self.repository.listed(options=options)
