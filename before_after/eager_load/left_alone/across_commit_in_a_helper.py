"""A helper that is called for each row commits, which expires what was loaded."""

from shop.models import Order


def orders(session):
    return session.query(Order).order_by(Order.id).all()


def save(session, note, log):
    log.append(note)
    session.commit()


def notes(session):
    log = []
    for order in orders(session):
        save(session, order.customer.name if order.customer else "-", log)  # found: eager-load (rows-stay-loaded)
    return log
