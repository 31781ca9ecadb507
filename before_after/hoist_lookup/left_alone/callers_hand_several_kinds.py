"""Not all that is handed over equals the ids as Python values, or not all who hand it over are
seen: a loop, a callback, a call of the function by itself, a default."""

from shop.models import Customer, Order


def emails(session, ids):
    found = []
    for each in ids:
        customer = session.query(Customer).filter(Customer.id == each).first()  # review: hoist-lookup (keys-equal)
        found.append(customer and customer.email)
    return found


def names(session, ids):
    found = []
    for each in ids:
        customer = session.query(Customer).filter(Customer.id == each).first()  # review: hoist-lookup (keys-equal)
        found.append(customer and customer.name)
    return found


def birthdays(session, ids):
    found = []
    for each in ids:
        customer = session.query(Customer).filter(Customer.id == each).first()  # review: hoist-lookup (keys-equal)
        found.append(customer and customer.birthday)
    if len(ids) > 5:
        birthdays(session, [str(each) for each in ids[:2]])
    return found


def countries(session, ids=("1", "2")):
    found = []
    for each in ids:
        customer = session.query(Customer).filter(Customer.id == each).first()  # review: hoist-lookup (keys-equal)
        found.append(customer and customer.country_code)
    return found


def told(show, session, ids):
    return show(session, ids)


def page(session, text):
    ids = [order.customer_id for order in session.query(Order)]
    found = emails(session, ids), emails(session, text.split(","))
    return found, names(session, ids), told(names, session, text.split(",")), birthdays(session, ids)


def other_page(session):
    ids = [order.customer_id for order in session.query(Order)]
    return countries(session, ids), countries(session)
