"""Two lists by one key, one of them in an order, and a row that is fetched for a name it has."""

from sqlalchemy import or_

from shop.models import Customer


def circle(session, customer_id: int):
    customers = (
        session.query(Customer)
        .filter(or_(Customer.id == customer_id, Customer.referrer_id == customer_id))
        .order_by(Customer.name.desc(), Customer.id)
        .all()
    )
    brought = [customer for customer in customers if customer.referrer_id == customer_id]
    own = [customer for customer in customers if customer.id == customer_id]
    return [customer.id for customer in brought], [customer.email for customer in own]


def known(session, email):
    customer = session.query(Customer).filter(Customer.email == email).first()
    if customer is not None and customer.vip:
        pass
    again = customer
    return again and again.name
