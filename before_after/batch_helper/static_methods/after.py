"""A static and a class method ask, for another class method that a loop calls."""

from typing import NamedTuple

from sqlalchemy import func, or_

from shop.models import Address, Customer, Order


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class OfData(NamedTuple):
    """What of() needs to know."""

    orders: dict
    addresses: dict


class Labels:
    @staticmethod
    def addresses_by_customer_id(session, customers):
        """Fetch what cities() looks up for all of these customers."""
        prefetched_addresses = {}
        for customer_ids in _chunks(customer.id for customer in customers):
            for address in (
                session.query(Address)
                .filter(Address.customer_id.in_(customer_ids))
                .order_by(Address.id)
            ):
                prefetched_addresses.setdefault(address.customer_id, []).append(address)
        return prefetched_addresses

    @staticmethod
    def cities(session, customer, *, prefetched_addresses=None):
        if prefetched_addresses is None:
            prefetched_addresses = Labels.addresses_by_customer_id(session, [customer])
        addresses = prefetched_addresses.get(customer.id, [])
        return [address.city for address in addresses]

    @classmethod
    def orders_by_customer_id(cls, session, customer_ids):
        """Fetch what latest() looks up for all of these customer ids."""
        orders = {}
        for chunk in _chunks(customer_ids):
            ranked = (
                session.query(
                    Order.id,
                    func.row_number()
                    .over(partition_by=Order.customer_id, order_by=Order.number.desc())
                    .label("position"),
                )
                .filter(
                    or_(Order.customer_id.in_(chunk), Order.customer_id.is_(None))
                    if None in chunk
                    else Order.customer_id.in_(chunk)
                )
                .subquery()
            )
            for order in (
                session.query(Order)
                .join(ranked, Order.id == ranked.c.id)
                .filter(ranked.c.position == 1)
            ):
                orders.setdefault(order.customer_id, order)
        return orders

    @classmethod
    def latest(cls, session, customer_id, *, orders=None):
        if orders is None:
            orders = cls.orders_by_customer_id(session, [customer_id])
        return orders.get(customer_id)

    @classmethod
    def load_of_data(cls, session, customers):
        """Fetch the data of of() for all of these customers."""
        orders = cls.orders_by_customer_id(session, [customer.id for customer in customers])
        addresses = Labels.addresses_by_customer_id(session, customers)
        return OfData(orders, addresses)

    @classmethod
    def of(cls, session, customer, *, data=None):
        if data is None:
            data = cls.load_of_data(session, [customer])
        order = cls.latest(session, customer.id, orders=data.orders)
        cities = ", ".join(Labels.cities(session, customer, prefetched_addresses=data.addresses))
        return f"{customer.name} ({cities}) {order.number if order else '-'}"


def labels(session):
    customers_list = customers(session)
    data = Labels.load_of_data(session, customers_list)
    return [Labels.of(session, customer, data=data) for customer in customers_list]


def customers(session):
    return session.query(Customer).order_by(Customer.id).all()
