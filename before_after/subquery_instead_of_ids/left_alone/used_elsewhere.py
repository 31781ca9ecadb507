"""The keys are wanted by more than the other query, or that is another time or place."""

from shop.models import Customer, Order


def asked_first(session):
    ids = [customer.id for customer in session.query(Customer).filter(Customer.vip).all()]
    if not ids:
        return []
    return session.query(Order).filter(Order.customer_id.in_(ids)).all()


def returned(session):
    ids = [customer.id for customer in session.query(Customer).all()]
    return ids, session.query(Order).filter(Order.customer_id.in_(ids)).count()


def added_to(session):
    ids = [customer.id for customer in session.query(Customer).all()]
    ids.append(None)
    return session.query(Order).filter(Order.customer_id.in_(ids)).all()


def not_of_them(session):
    ids = [customer.id for customer in session.query(Customer).all()]
    return session.query(Order).filter(Order.customer_id.notin_(ids)).all()


def deleted(session):
    ids = [customer.id for customer in session.query(Customer).filter(Customer.vip).all()]
    session.query(Order).filter(Order.customer_id.in_(ids)).delete()


def of_two_sessions(session, archive):
    ids = [customer.id for customer in session.query(Customer).all()]
    return archive.query(Order).filter(Order.customer_id.in_(ids)).all()


def written_between(session):
    ids = [customer.id for customer in session.query(Customer).filter(Customer.vip).all()]
    session.add(Customer(email="new", name="New", vip=True))
    return session.query(Order).filter(Order.customer_id.in_(ids)).all()


def for_each(session, statuses):
    ids = [customer.id for customer in session.query(Customer).filter(Customer.vip).all()]
    return [
        session.query(Order).filter(Order.customer_id.in_(ids), Order.status == status).all()
        for status in statuses
    ]


def computed(session):
    ids = [customer.id + 1 for customer in session.query(Customer).all()]
    return session.query(Order).filter(Order.customer_id.in_(ids)).all()


def chosen_in_python(session):
    ids = [customer.id for customer in session.query(Customer).all() if customer.name.isupper()]
    return session.query(Order).filter(Order.customer_id.in_(ids)).all()


def shown_with_lines(session):
    return [len(order.lines) for order in session.query(Order).all() if order.lines]


def returned_later(session):
    ids = [customer.id for customer in session.query(Customer).all()]
    orders = session.query(Order).filter(Order.customer_id.in_(ids)).all()
    return orders, ids


def committed_between(session):
    ids = [customer.id for customer in session.query(Customer).filter(Customer.vip).all()]
    session.commit()
    return session.query(Order).filter(Order.customer_id.in_(ids)).all()
