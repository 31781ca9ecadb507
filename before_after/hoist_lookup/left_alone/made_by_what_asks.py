"""Making an object runs code that asks and writes with a session of its own."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from shop.models import Order, User
from sqlalchemy.orm import Session, scoped_session, sessionmaker

Sessions = scoped_session(sessionmaker())


def settle() -> int:
    return Sessions.query(Order).update({"status": "paid"})


def settled(cls: Any) -> Any:
    class Settled(cls):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args)
            settle()

    return Settled


class Settling:
    def __set__(self, instance: object, value: int) -> None:
        settle()


class Service:
    def settle(self) -> int:
        return settle()


service = Service()
KNOWN = {"settle": settle}


@dataclass
class ByService:
    user_id: int
    number: int = field(default_factory=service.settle)


@dataclass
class ByName:
    user_id: int
    number: int = field(default_factory=KNOWN["settle"])


@dataclass
class InPart:
    user_id: int
    number: int = field(default_factory=partial(settle))


@settled
@dataclass
class Decorated:
    user_id: int


@dataclass
class Described:
    user_id: Any = Settling()


def by_service(session: Session) -> list[int]:
    found = []
    users = session.query(User).order_by(User.id).all()
    for user in users:
        ByService(user.id)
        orders = session.query(Order).filter(Order.customer_id == user.id)
        found.append(orders.count())  # review: hoist-lookup (calls-known)
    return found


def by_name(session: Session) -> list[int]:
    found = []
    users = session.query(User).order_by(User.id).all()
    for user in users:
        ByName(user.id)
        orders = session.query(Order).filter(Order.customer_id == user.id)
        found.append(orders.count())  # review: hoist-lookup (calls-known)
    return found


def in_part(session: Session) -> list[int]:
    found = []
    users = session.query(User).order_by(User.id).all()
    for user in users:
        InPart(user.id)
        orders = session.query(Order).filter(Order.customer_id == user.id)
        found.append(orders.count())  # review: hoist-lookup (calls-known)
    return found


def decorated(session: Session) -> list[int]:
    found = []
    users = session.query(User).order_by(User.id).all()
    for user in users:
        Decorated(user.id)
        orders = session.query(Order).filter(Order.customer_id == user.id)
        found.append(orders.count())  # review: hoist-lookup (calls-known)
    return found


def described(session: Session) -> list[int]:
    found = []
    users = session.query(User).order_by(User.id).all()
    for user in users:
        Described(user.id)
        orders = session.query(Order).filter(Order.customer_id == user.id)
        found.append(orders.count())  # review: hoist-lookup (calls-known)
    return found
