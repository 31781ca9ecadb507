"""The function that begins the query does more, or begins another one for some of the items."""

from sqlalchemy.orm import Session

from shop.models import Product, Tag


class Tags:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.asked = 0
        self.used = False

    def counted(self):
        self.asked += 1
        return self.session.query(Tag)

    def said(self):
        print("asked")
        return self.session.query(Tag)

    def some(self):
        found = self.session.query(Tag)
        if self.used:
            found = found.filter(Tag.uses > 0)
        return found

    def in_order(self):
        return self.session.query(Tag).order_by(Tag.id)

    def named(self, name: str):
        return self.session.query(Tag).filter(Tag.name == name)

    def above(self, uses: int):
        return self.session.query(Tag).filter(Tag.uses > uses)

    def everything(self, names: list[str]) -> list[int]:
        return [
            self.counted().filter(Tag.name == name).count()  # found: hoist-lookup (query-invariant)
            for name in names
        ]

    def told(self, names: list[str]) -> list[int]:
        return [self.said().filter(Tag.name == name).count() for name in names]  # review: hoist-lookup (query-invariant)

    def used_later(self, names: list[str]) -> list[int]:
        found = []
        for name in names:
            tag = self.some().filter(Tag.name == name).first()  # found: hoist-lookup (query-invariant)
            found.append(tag.uses if tag else 0)
            self.used = True
        return found

    def by_name(self, names: list[str]) -> list[int]:
        return [self.named(name).count() for name in names]  # found: hoist-lookup (writable)

    def counts(self, names: list[str]) -> list[int]:
        """Groups are not in the order of their rows."""
        return [
            self.in_order().filter(Tag.name == name).count()  # found: hoist-lookup (writable)
            for name in names
        ]

    def more_each_time(self, names: list[str]) -> list[bool]:
        found: list[bool] = []
        for name in names:
            tag = self.above(len(found)).filter(Tag.name == name).first()  # found: hoist-lookup (query-invariant)
            found.append(tag is not None)
        return found


def tags_of(session: Session, products: list[Product], names: list[str]) -> list[int]:
    tags = Tags(session)
    return [tags.counted().filter(Tag.name == name).count() for name in names]  # found: hoist-lookup (query-invariant)
