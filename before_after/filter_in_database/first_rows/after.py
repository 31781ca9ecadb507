"""The first row, the first few, and whether there is one."""

from shop.models import Customer, Order, Tag


def newest(session):
    orders = session.query(Order).order_by(Order.placed_on.desc(), Order.id).limit(1).all()
    if not orders:
        return None
    return orders[0].number


def emails(session):
    customers = session.query(Customer).filter(Customer.vip.is_(True)).order_by(Customer.email)
    return [customer.email for customer in customers.limit(3).all()]


def best(session):
    tags = session.query(Tag).order_by(Tag.name)
    most_used = tags.order_by(None).order_by(Tag.uses.desc(), Tag.name).limit(4).all()
    return [tag.name for tag in most_used]


def first_of_all(session):
    try:
        return session.query(Order).order_by(Order.id).limit(1).all()[0].number
    except IndexError:
        return "none yet"
