"""The default of a field says nothing of what an object was made with."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from shop.models import Customer, Product, Tag


@dataclass
class Finder:
    session: Session
    model: type = Tag

    def every(self, keys: list[int]):
        found = []
        for key in keys:
            found.append(self.session.query(self.model).filter(self.model.id == key).first())  # found: hoist-lookup (query-understood)
        return found

    def find(self, key: int):
        return self.session.query(self.model).filter(self.model.id == key).first()


class Others(Finder):
    model = Customer

    def names(self, keys: list[str]):
        return [self.session.query(self.model).filter(self.model.name == key).first() for key in keys]  # found: hoist-lookup (query-understood)


def products(session, keys: list[int]):
    return Finder(session, Product).every(keys)


def picked(session, pick, keys: list[int]):
    finder = Finder(session, pick())
    return [finder.find(key) for key in keys]
