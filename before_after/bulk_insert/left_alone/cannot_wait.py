"""The rows cannot wait for the end of the loop."""

from collections.abc import Iterator

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shop.models import Order, OrderLine, Supplier, Tag


def committed(session: Session, names: list[str]):
    for name in names:
        session.execute(insert(Supplier).values(name=name))  # found: bulk-insert (one-transaction)
        session.commit()


def queried(session: Session, names: list[str]):
    for name in names:
        if session.query(Supplier).filter_by(name=name).first() is None:
            session.execute(  # found: bulk-insert (not-read-in-loop)
                insert(Supplier).values(name=name)
            )


def read(session: Session, orders: list[Order]):
    for order in orders:
        session.execute(  # found: bulk-insert (not-read-in-loop)
            insert(OrderLine).values(order_id=order.id, position=len(order.lines))
        )


def left(session: Session, names: list[str]):
    for name in names:
        if not name:
            return False
        session.execute(insert(Supplier).values(name=name))  # found: bulk-insert (loop-is-finished)
    return True


def raised(session: Session, names: list[str]):
    for name in names:
        if not name:
            raise ValueError("no name")
        session.execute(insert(Supplier).values(name=name))  # found: bulk-insert (loop-is-finished)


def yielded(session: Session, names: list[str]) -> Iterator[str]:
    for name in names:
        session.execute(insert(Supplier).values(name=name))  # found: bulk-insert (loop-is-finished)
        yield name


def handled(session: Session, names: list[str]):
    for name in names:
        try:
            session.execute(  # found: bulk-insert (loop-is-finished)
                insert(Supplier).values(name=name)
            )
        except IntegrityError:
            print(name)


def or_else(session: Session, names: list[str]):
    for name in names:
        session.execute(insert(Supplier).values(name=name))  # found: bulk-insert (loop-is-finished)
    else:
        print(session.query(Supplier).count())


def other_column(session: Session, names: list[str]):
    for name in names:
        session.execute(insert(Tag).values(title=name))  # found: bulk-insert (one-table)
