"""The keys of customers are fetched for the orders that they placed."""

from shop.models import Address, Customer, Order, OrderStatus


def of_vips(session):
    # the order makes no difference
    orders = (
        session.query(Order)
        .filter(Order.customer_id.in_(session.query(Customer.id).filter(Customer.vip.is_(True))))
        .order_by(Order.id)
        .all()
    )
    return [order.number for order in orders]


class Shipping:
    def __init__(self, session):
        self.session = session

    def open_in(self, city):
        return (
            self.session.query(Order)
            .filter(
                Order.status == OrderStatus.NEW,
                Order.address_id.in_(self.session.query(Address.id).filter_by(city=city)),
            )
            .count()
        )
