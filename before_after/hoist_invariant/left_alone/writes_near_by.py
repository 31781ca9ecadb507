"""What the loop writes may reach what the query reads."""

from shop.models import Customer, Order, Profile, Supplier


def cascade(session, customers: list[Customer], profile: Profile):
    for customer in customers:
        number = session.query(Order).count()  # review: hoist-invariant (table-not-written)
        session.delete(profile)
        print(number)


def related(session, names: list):
    for name in names:
        number = session.query(Order).count()  # review: hoist-invariant (table-not-written)
        session.add(Customer(name=name, email=name))
        print(number)
