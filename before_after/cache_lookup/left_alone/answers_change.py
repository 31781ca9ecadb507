"""The loop writes what it looks up, or the function that looks up writes."""

from shop.models import AuditLog, Order, OrderLine, Product
from sqlalchemy import func


def highest(session, quantity):
    query = session.query(func.max(OrderLine.unit_price))
    return query.filter(OrderLine.quantity < quantity).scalar()


def dearest(session, quantity):
    query = session.query(OrderLine).filter(OrderLine.quantity < quantity)
    return query.order_by(OrderLine.unit_price.desc(), OrderLine.id).first()


def locked(session, quantity):
    query = session.query(OrderLine).filter(OrderLine.quantity < quantity)
    return query.order_by(OrderLine.id).with_for_update().first()


def logged(session, quantity):
    session.add(AuditLog(entity_type="line", entity_id=str(quantity), action="asked"))
    query = session.query(func.max(OrderLine.unit_price))
    return query.filter(OrderLine.quantity < quantity).scalar()


def raised(session, lines):
    for line in lines:
        line["price"] = highest(session, line["quantity"])
        session.add(OrderLine(order_id=1, position=0, quantity=1, unit_price=line["price"]))


def deleted(session):
    for line in session.query(OrderLine).order_by(OrderLine.id).all():
        if highest(session, line.quantity) > 10:
            session.delete(line)


def committed(session, orders):
    for data in orders:
        line = dearest(session, data["quantity"])
        session.query(Order).filter(Order.id == data["order_id"]).update({"total": line.unit_price})
        session.commit()


def each_locked(session, orders):
    return [locked(session, data["quantity"]).id for data in orders]


def each_logged(session, orders):
    return [logged(session, data["quantity"]) for data in orders]


def counted(session, orders):
    for data in orders:
        number = session.query(Product).filter(Product.stock < data["stock"]).count()
        session.add(Product(sku=data["sku"], name=str(number), price=1))
