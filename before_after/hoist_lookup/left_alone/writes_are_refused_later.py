"""The database may refuse what the loop writes; the code that goes on says how far it has come."""

from sqlalchemy.exc import IntegrityError

from shop.db import SessionLocal
from shop.models import Address, Order


def move():
    moved = []
    with SessionLocal() as session:
        try:
            for order in session.query(Order).order_by(Order.id).all():
                order.number = "moved"
                address = session.query(Address).filter(Address.id == order.address_id).first()  # review: hoist-lookup (errors-not-handled)
                moved.append(address.city if address else "")
            session.commit()
        except IntegrityError:
            session.rollback()
            return moved
    return moved


def report():
    with SessionLocal() as session:
        for order in session.query(Order).order_by(Order.id).all():
            order.number = "moved"
            address = session.query(Address).filter(Address.id == order.address_id).first()  # review: hoist-lookup (flushes-alike)
            print(address.city if address else "")
        session.commit()


def told(text: str):
    print(text)


def reported():
    with SessionLocal() as session:
        for order in session.query(Order).order_by(Order.id).all():
            order.number = "moved"
            address = session.query(Address).filter(Address.id == order.address_id).first()  # review: hoist-lookup (flushes-alike)
            told(address.city if address else "")
        session.commit()
