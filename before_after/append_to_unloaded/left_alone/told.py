"""The collection of each row is loaded, and only appended to."""

from sqlalchemy import select

from shop.models import AddressKind, Address, Order, OrderLine, Product, Review, Tag


def add_line(session, price):
    for order in session.query(Order).filter(Order.total.is_(None)):
        order.lines.append(  # found: append-to-unloaded
            OrderLine(position=99, quantity=1, unit_price=price)
        )


def add_reviews(session, text):
    for product in session.scalars(select(Product)).all():
        if product.active:
            product.reviews.append(Review(text=text))  # found: append-to-unloaded


def tag(session, name):
    sale = session.query(Tag).filter_by(name=name).one()
    for product in session.query(Product).all():
        product.tags.append(sale)  # found: append-to-unloaded


def move(session, ids, city):
    for id in ids:
        order = session.query(Order).filter(Order.id == id).one()
        address = Address(kind=AddressKind.HOME, city=city, customer_id=order.customer_id)
        session.add(address)
        order.lines.extend([OrderLine(position=98)])  # found: append-to-unloaded
