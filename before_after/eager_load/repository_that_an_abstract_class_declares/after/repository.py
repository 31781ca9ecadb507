"""What every repository has, and the one that all others are made of."""

from abc import ABC, abstractmethod
from typing import Generic, Optional, Sequence, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.interfaces import ORMOption

E = TypeVar("E")


class AbstractRepository(ABC, Generic[E]):
    @abstractmethod
    def get(self, ident: int) -> Optional[E]: ...

    @abstractmethod
    def listed(self, *, options: Sequence[ORMOption] = ()) -> Sequence[E]:
        """Every row, in the order of the keys."""


class Repository(AbstractRepository[E]):
    def __init__(self, model: type[E], session: Session) -> None:
        self.model = model
        self.session = session

    def get(self, ident: int) -> Optional[E]:
        return self.session.get(self.model, ident)

    def listed(self, *, options: Sequence[ORMOption] = ()) -> Sequence[E]:
        return self.session.scalars(
            select(self.model).options(*options).order_by(self.model.id)
        ).all()
