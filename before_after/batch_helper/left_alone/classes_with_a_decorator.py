"""A decorator of the class puts something around its methods; one that only keeps it does not."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from shop.models import Customer, Product

CLASSES = {}


def traced(cls):
    find = cls.find

    def traced_find(self, key):
        print(key)
        return find(self, key)

    cls.find = traced_find
    return cls


def wrapped(prefix):
    def wrap(cls):
        class Wrapped(cls):
            def find(self, key):
                print(prefix, key)
                return super().find(key)

        return Wrapped

    return wrap


@traced
@dataclass
class Products:
    session: Session

    def find(self, key: int):
        return self.session.query(Product).filter(Product.id == key).first()


@wrapped("customer")
class Customers:
    def __init__(self, session):
        self.session = session

    def find(self, key: int):
        return self.session.query(Customer).filter(Customer.id == key).first()


def products(session, keys: list[int]):
    repository = Products(session)
    return [repository.find(key) for key in keys]  # found: batch-helper (takes-a-parameter, calls-known)


def customers(session, keys: list[int]):
    repository = Customers(session)
    return [repository.find(key) for key in keys]  # found: batch-helper (takes-a-parameter, calls-known)


class Told:
    def __init__(self, session):
        self.session = session

    def __getattribute__(self, name):
        print(name)
        return super().__getattribute__(name)

    def find(self, key: int):
        return self.session.query(Customer).filter(Customer.id == key).first()


def told(session, keys: list[int]):
    repository = Told(session)
    return [repository.find(key) for key in keys]  # found: batch-helper (takes-a-parameter, calls-known)


class Watched:
    def __init_subclass__(cls):
        find = cls.find

        def told(self, key: int):
            print(key)
            return find(self, key)

        cls.find = told


class WatchedCustomers(Watched):
    def __init__(self, session):
        self.session = session

    def find(self, key: int):
        return self.session.query(Customer).filter(Customer.id == key).first()


def watched(session, keys: list[int]):
    repository = WatchedCustomers(session)
    return [repository.find(key) for key in keys]  # found: batch-helper (takes-a-parameter, calls-known)


class Renamed:
    def __init_subclass__(cls):
        cls.find = cls.told

    def told(self, key: int):
        print(key)
        return self.session.get(Customer, key)


class RenamedCustomers(Renamed):
    def __init__(self, session):
        self.session = session

    def find(self, key: int):
        return self.session.query(Customer).filter(Customer.id == key).first()


def renamed(session, keys: list[int]):
    repository = RenamedCustomers(session)
    return [repository.find(key) for key in keys]  # found: batch-helper (takes-a-parameter, calls-known)
