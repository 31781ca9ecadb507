"""What looks like an assignment, a `del` or a class runs code that renames customers."""

from shop.models import Customer, Order


class Names:
    def __init__(self, session):
        self.session = session

    def rename(self):
        self.session.query(Customer).update({"name": "?"}, synchronize_session=False)

    def __setitem__(self, key, value):
        self.rename()

    def __delitem__(self, key):
        self.rename()

    def __iter__(self):
        self.rename()
        return iter((1,))

    def __iadd__(self, other):
        self.rename()
        return self


def items_set(session):
    names = Names(session)
    for order in session.query(Order).order_by(Order.id).all():
        names[order.id] = 1
        print(order.customer.name)  # found: eager-load (nothing-written)


def items_deleted(session):
    names = Names(session)
    for order in session.query(Order).order_by(Order.id).all():
        del names[order.id]
        print(order.customer.name)  # found: eager-load (nothing-written)


def taken_apart(session):
    names = Names(session)
    for order in session.query(Order).order_by(Order.id).all():
        (one,) = names
        print(one, order.customer.name)  # found: eager-load (nothing-written)


def added(session):
    for order in session.query(Order).order_by(Order.id).all():
        names = Names(session)
        names += 1
        print(order.customer.name)  # found: eager-load (nothing-written)


def by_default(session):
    for order in session.query(Order).order_by(Order.id).all():

        def named(number=session.query(Customer).update({"name": "?"})):
            return number

        print(named, order.customer.name)  # found: eager-load (nothing-written)


def in_a_class(session):
    for order in session.query(Order).order_by(Order.id).all():

        class Renamed:
            number = session.query(Customer).update({"name": "?"})

        print(Renamed, order.customer.name)  # review: eager-load (calls-known)
