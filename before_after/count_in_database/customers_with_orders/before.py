"""A join that repeats customers, of which `query().all()` lists each once."""

from shop.models import Customer, Order, OrderStatus


def buyers(session, since):
    customers = (
        session.query(Customer)
        .join(Customer.orders)
        .filter(Order.placed_on >= since, Order.status != OrderStatus.CANCELLED)
        .order_by(Customer.name)
        .all()
    )
    return "%d customers have ordered" % len(customers)


def of_vips(session):
    # an order has one customer: this join repeats nothing
    return len(session.query(Order).join(Order.customer).filter(Customer.vip.is_(True)).all())


def ordered_later(session):
    query = session.query(Customer).outerjoin(Customer.orders).order_by(Order.id)
    return len(query.all())
