"""A property asks by what the loop has changed of its row."""

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import Session, declarative_base, object_session

Base = declarative_base()


class Shelf(Base):
    __tablename__ = "shelves"

    id = Column(Integer, primary_key=True)
    keeper = Column(String(20))

    @property
    def kept_by(self) -> "Keeper | None":
        return object_session(self).query(Keeper).filter(Keeper.name == self.keeper).one_or_none()

    def rename(self) -> None:
        self.keeper = (self.keeper or "").lower()


class Keeper(Base):
    __tablename__ = "keepers"

    id = Column(Integer, primary_key=True)
    name = Column(String(20), nullable=False, unique=True)


def keepers(session: Session) -> list[int]:
    found = []
    for shelf in session.query(Shelf).order_by(Shelf.id).all():
        shelf.rename()
        keeper = shelf.kept_by  # found: hoist-lookup (keys-known-before)
        found.append(keeper.id if keeper is not None else 0)
    return found
