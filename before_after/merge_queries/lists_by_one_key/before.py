"""Two lists by one key, one of them in an order, and a row that is fetched for a name it has."""

from shop.models import Customer


def circle(session, customer_id: int):
    brought = (
        session.query(Customer)
        .filter(Customer.referrer_id == customer_id)
        .order_by(Customer.name.desc(), Customer.id)
        .all()
    )
    own = session.query(Customer).filter(Customer.id == customer_id).all()
    return [customer.id for customer in brought], [customer.email for customer in own]


def known(session, email):
    customer = session.query(Customer).filter(Customer.email == email).first()
    if customer is not None and customer.vip:
        customer = session.query(Customer).filter(Customer.email == email).first()
    again = session.query(Customer).filter(Customer.email == email).first()
    return again and again.name
