"""Rows of the session may have another foreign key than the database, by which the join goes."""

from sqlalchemy import text

from shop.models import Customer, Order


def moved(session, order_id, customer_id):
    with session.no_autoflush:
        session.get(Order, order_id).customer_id = customer_id
        query = session.query(Order).join(Order.customer).filter(Customer.vip)
        return [order.customer.name for order in query.all()]


def merged(session, kept, gone):
    orders = session.query(Order).all()
    session.query(Order).filter_by(customer_id=gone).update(
        {Order.customer_id: kept}, synchronize_session=False
    )
    query = session.query(Order).join(Order.customer).filter(Customer.vip)
    return [order.customer.name for order in query.all()], orders


def corrected(session):
    session.execute(text("UPDATE orders SET customer_id = 1 WHERE customer_id = 2"))
    query = session.query(Order).join(Order.customer).filter(Customer.vip)
    return [order.customer.name for order in query.all()]
