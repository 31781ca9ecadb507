"""What the loop of a base class calls is a method of the class below, which asks a query."""

from shop.models import Customer, Order, Product


class Job:
    def __init__(self, session):
        self.session = session

    def run(self, keys: list[int]):
        done = []
        for key in keys:
            if self.accepts(key):
                done.append(self.apply(key))
        return done

    def accepts(self, key):
        return True

    def apply(self, key):
        raise NotImplementedError


class Names(Job):
    def apply(self, key):
        names = self.session.query(Customer.name)
        return str(names.filter(Customer.id == key).scalar())  # found: batch-helper (one-class)


class Prices(Job):
    def accepts(self, key):
        product = self.session.get(Product, key)  # found: batch-helper (one-class)
        return product is not None and product.active

    def apply(self, key):
        return f"price of {key}"


class Answers(Job):
    def apply(self, key):
        return key + 1


class Totals(Job):
    def run(self, keys: list[int]):
        orders = self.session.query(Order).filter(Order.id.in_(keys))
        return [order.status for order in orders.order_by(Order.id)]
