"""A helper that is told what to select, and one whose query is made from what it looks up first."""

from shop.models import Customer, Order, Product


def by_name(session, model, name):
    found = session.query(model).filter(model.name == name).first()
    return found or model(name=name)


def products(session, names):
    return [by_name(session, Product, name) for name in names]  # found: batch-helper (query-understood)


def customers(session, names):
    found = []
    for name in names:
        customer = by_name(session, Customer, name)  # found: batch-helper (query-understood)
        if customer is not None:
            found.append(customer)
    return found


def orders_like(session, text):
    words = text.split()
    wanted = [word for word in words if word.isdigit()]
    return session.query(Order).filter(Order.id.in_(wanted)).order_by(Order.id).all()


def mentioned(session, texts):
    found = []
    for text in texts:
        found += orders_like(session, text)  # found: batch-helper (query-understood)
    return found


def renamed(session, model, old, new):
    row = session.query(model).filter(model.name == old).first()
    row.name = new


def rename(session, names):
    for old, new in names.items():
        renamed(session, Product, old, new)


def row_of(session, model, key):
    return session.get(model, key)


def rows_of(session, targets):
    return [row_of(session, model, key) for model, key in targets]


def both(session):
    return [by_name(session, model, "gift") for model in (Customer, Product)]
