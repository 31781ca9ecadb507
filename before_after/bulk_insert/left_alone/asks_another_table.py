"""What the loop asks may be the table that it fills: its caller says which one."""

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from shop.models import Order, Supplier


def fill(session: Session, names: list[str], model):
    for name in names:
        if session.query(model).count():
            session.execute(insert(Supplier).values(name=name))  # review: bulk-insert (not-read-in-loop)


def fill_where(session: Session, names: list[str]):
    for name in names:
        if session.query(Order).filter(text("number IN (SELECT name FROM suppliers)")).count():
            session.execute(insert(Supplier).values(name=name))  # review: bulk-insert (not-read-in-loop)
