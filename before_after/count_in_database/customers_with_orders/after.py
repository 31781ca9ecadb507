"""A join that repeats customers, of which `query().all()` lists each once."""

from sqlalchemy import distinct, func

from shop.models import Customer, Order, OrderStatus


def buyers(session, since):
    customer_count = (
        session.query(Customer)
        .join(Customer.orders)
        .filter(Order.placed_on >= since, Order.status != OrderStatus.CANCELLED)
        .with_entities(func.count(distinct(Customer.id)))
        .scalar()
    )
    return "%d customers have ordered" % customer_count


def of_vips(session):
    # an order has one customer: this join repeats nothing
    return session.query(Order).join(Order.customer).filter(Customer.vip.is_(True)).count()


def ordered_later(session):
    query = session.query(Customer).outerjoin(Customer.orders).order_by(Order.id)
    return query.order_by(None).with_entities(func.count(distinct(Customer.id))).scalar()
