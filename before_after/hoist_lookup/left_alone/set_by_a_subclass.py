"""An object may be one of a subclass, which asks another class, or be told another one later."""

from shop.models import Customer, Tag


class Tags:
    def __init__(self, session):
        self.session = session
        self.model = Tag

    def all_of(self, keys: list[int]):
        return [self.session.query(self.model).filter(self.model.id == key).first() for key in keys]


class Customers(Tags):
    def __init__(self, session):
        super().__init__(session)
        self.model = Customer


class Told:
    def __init__(self, session):
        self.session = session
        self.kind = Tag

    def configure(self, **options):
        for name, value in options.items():
            setattr(self, name, value)

    def all_of(self, keys: list[int]):
        return [self.session.query(self.kind).filter(self.kind.id == key).first() for key in keys]


class Switched:
    asked = Tag

    def __init__(self, session):
        self.session = session

    def use(self, asked):
        self.asked = asked
        return self

    def all_of(self, keys: list[int]):
        return [self.session.query(self.asked).filter(self.asked.id == key).first() for key in keys]
