"""The keys of customers are fetched for the orders that they placed."""

from shop.models import Address, Customer, Order, OrderStatus


def of_vips(session):
    ids = [
        customer.id
        # the order makes no difference
        for customer in session.query(Customer).filter(Customer.vip.is_(True)).order_by(Customer.name)
    ]
    orders = session.query(Order).filter(Order.customer_id.in_(ids)).order_by(Order.id).all()
    return [order.number for order in orders]


class Shipping:
    def __init__(self, session):
        self.session = session

    def open_in(self, city):
        addresses = self.session.query(Address).filter_by(city=city).all()
        address_ids = {address.id for address in addresses}
        return (
            self.session.query(Order)
            .filter(Order.status == OrderStatus.NEW, Order.address_id.in_(address_ids))
            .count()
        )
