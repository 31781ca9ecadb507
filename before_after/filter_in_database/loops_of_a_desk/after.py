"""Loops over a query's rows that look for one row, or collect some, and do nothing else."""

from sqlalchemy import select

from shop.models import Customer, Order, OrderStatus, Product, Tag


def first_unpaid(session):
    # whoever waits longest
    # not yet paid
    return session.query(Order).order_by(Order.id).filter(Order.status == OrderStatus.NEW).first()


def without_birthday(session):
    return session.scalars(
        select(Customer)
        .order_by(Customer.id)
        .where(Customer.vip.is_(False), Customer.birthday.is_(None))
        .limit(1)
    ).first()


def name_of(session, email: str):
    customer = session.query(Customer).filter(Customer.email == email).first()
    if customer is not None:
        return customer.name.upper()
    raise LookupError(email)


def much_used(session):
    found = session.query(Tag).order_by(Tag.name).filter(Tag.uses > 2).first()
    return found.name if found else None


def orphan(session):
    product = session.scalars(
        select(Product)
        .order_by(Product.sku)
        .where(Product.supplier_id.is_(None), Product.active.is_(True))
        .limit(1)
    ).first()
    if product is None:
        raise LookupError("every product has a supplier")
    return product.sku


def retire(session):
    product = (
        session.query(Product)
        .order_by(Product.id)
        .filter(Product.active.is_(True), Product.stock.is_(None))
        .first()
    )
    if product is not None:
        product.active = False
        name = product.name
        return name
    return "none"


def of_nobody(session):
    numbers: list[str] = [
        order.number
        for order in session.query(Order)
        .order_by(Order.id)
        .filter(Order.customer_id.is_(None))
        .all()
    ]
    return numbers


def paid(session):
    result = list(
        session.scalars(
            select(Order).order_by(Order.number).where(Order.status == OrderStatus.PAID)
        )
    )
    return [order.number for order in result]
