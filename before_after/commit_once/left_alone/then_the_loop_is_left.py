"""After the commit the loop is left, so that it commits once at most."""


def mark_first(session, orders):
    for order in orders:
        if order.total is None:
            order.total = 0
            session.commit()
            return order
    return None
