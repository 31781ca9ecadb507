"""What is read may be loaded by an option that is not understood, or it is never read at all."""

from sqlalchemy.orm import joinedload

from shop.models import Address, Customer, Order


def from_elsewhere(session, options_of):
    orders = session.query(Order).options(*options_of("orders")).all()
    return [order.customer.name for order in orders]


def kept_in_a_variable(session):
    strategy = joinedload(Order.customer)
    strategy.joinedload(Customer.country)
    orders = session.query(Order).options(strategy).all()
    return [order.customer.country.name for order in orders]


def of_one_parent(session, customer):
    orders = session.query(Order).with_parent(customer).all()
    return [order.customer.name for order in orders]


def found(session, filters):
    return session.query(Address).filter(*filters).all()


def of_a_customer(session, customer):
    addresses = found(session, filters=[Address.customer_id == customer.id, Address.city != None])
    return [address.customer.name for address in addresses]


def as_dict(order, with_customer=False):
    data = {"number": order.number}
    if with_customer:
        data["customer"] = order.customer.name
    return data


class Report:
    def __init__(self, orders, **options):
        self.orders = orders
        self.options = options

    def rows(self):
        return [as_dict(order, **self.options) for order in self.orders]


def report(session):
    orders = session.query(Order)
    return Report(orders, title="Orders").rows()
