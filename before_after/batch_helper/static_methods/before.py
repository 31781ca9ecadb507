"""A static and a class method ask, for another class method that a loop calls."""

from shop.models import Address, Customer, Order


class Labels:
    @staticmethod
    def cities(session, customer):
        addresses = (
            session.query(Address)
            .filter(Address.customer_id == customer.id)
            .order_by(Address.id)
            .all()
        )
        return [address.city for address in addresses]

    @classmethod
    def latest(cls, session, customer_id):
        return (
            session.query(Order)
            .filter(Order.customer_id == customer_id)
            .order_by(Order.number.desc())
            .first()
        )

    @classmethod
    def of(cls, session, customer):
        order = cls.latest(session, customer.id)
        cities = ", ".join(Labels.cities(session, customer))
        return f"{customer.name} ({cities}) {order.number if order else '-'}"


def labels(session):
    return [Labels.of(session, customer) for customer in customers(session)]


def customers(session):
    return session.query(Customer).order_by(Customer.id).all()
