"""A helper is asked for the same country with each customer, and for the same supplier by a method."""

from shop.models import Country, Customer, Product, Supplier


def country_name(session, code, default="nowhere"):
    country = session.query(Country).filter(Country.code == code).first()
    return country.name if country else default


def labels(session):
    found = []
    for customer in session.query(Customer).order_by(Customer.id):
        home = country_name(session, "NO")
        found.append("%s, %s" % (customer.name, home))
    return found


def numbers_by_supplier(session, names):
    numbers = {}
    for name in names:
        for supplier in session.query(Supplier).filter(Supplier.name == name):
            numbers[supplier.name] = supplier.id
    return numbers


def number_of(session, name, numbers=None):
    if numbers is None:
        numbers = numbers_by_supplier(session, [name])
    return numbers.get(name)


def offered(session, name):
    found = []
    for product in session.query(Product).order_by(Product.id).all():
        if product.supplier_id == number_of(session, name):
            found.append(product.id)
    return found


class Offers:
    def __init__(self, session, city):
        self.session = session
        self.city = city

    def supplier(self, name):
        return self.session.query(Supplier).filter_by(name=name, city=self.city).one_or_none()

    def of(self, name):
        products = self.session.query(Product).order_by(Product.id).all()
        return [product.id for product in products if product.supplier_id == self.key(name)]

    def key(self, name):
        supplier = self.supplier(name)
        return supplier.id if supplier is not None else None
