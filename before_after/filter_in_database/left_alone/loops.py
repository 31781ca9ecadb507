"""Loops over rows that do more than to look for some, or look for them as no query does."""

from sqlalchemy import select

from shop.models import Customer, Order, Product, Tag


def used_after_it(session):
    for order in session.query(Order).order_by(Order.id):
        if order.customer_id is None:
            return order
    return order


def used_again(session):
    orders = session.query(Order).order_by(Order.id).all()
    for order in orders:
        if order.customer_id is None:
            return order, len(orders)
    return None


def no_order(session):
    for order in session.query(Order):  # review: filter-in-database (row-order)
        if order.customer_id is None:
            return order
    return None


def one_of_many(session, code: str):
    for customer in session.query(Customer):  # review: filter-in-database (row-order)
        if customer.country_code == code:
            return customer
    return None


def by_letter(session, name: str):
    for customer in session.query(Customer).order_by(Customer.id):  # found: filter-in-database (same-value)
        if customer.name < name:
            return customer
    return None


def of_a_function(session, wanted):
    for tag in session.query(Tag).order_by(Tag.id):
        if wanted(tag):
            return tag
    return None


def shown(session):
    for tag in session.query(Tag).order_by(Tag.id):
        print(tag.name)
        if tag.uses > 2:
            return tag
    return None


def for_the_handler(session):
    found = None
    try:
        found = "nothing yet"
        found = None
        for tag in session.query(Tag).order_by(Tag.id):
            if tag.uses > 2:
                found = tag
                break
    except ValueError:
        return found
    return found


def last_of_the_best(session):
    best = None
    for tag in session.query(Tag).order_by(Tag.id):  # found: filter-in-database (row-order)
        if best is None or tag.uses >= best.uses:
            best = tag
    return best


def raises_for_none(session):
    best = None
    for product in session.query(Product).order_by(Product.id):  # found: filter-in-database (same-value)
        if best is None or product.stock > best.stock:
            best = product
    return best


def best_of_ties(session):
    best = None
    for tag in session.scalars(select(Tag)):  # review: filter-in-database (row-order)
        if best is None or tag.uses > best.uses:
            best = tag
    return best


def largest_of_ties(session):
    return max(session.query(Tag).all(), key=lambda tag: tag.uses, default=None)  # review: filter-in-database (row-order)


def largest_name(session):
    return max(session.query(Tag).order_by(Tag.id).all(), key=lambda tag: tag.name, default=None)  # found: filter-in-database (same-value)


def found_later(session, ids):
    for tag in session.query(Tag).order_by(Tag.id):  # review: filter-in-database (not-needed-later)
        if tag.uses > 2:
            first = tag.name
            break
    return [session.get(Tag, tag_id).name for tag_id in ids]


def changed_as_it_goes(session, settle):
    numbers = []
    for order in session.query(Order).order_by(Order.id):  # review: filter-in-database (same-value)
        if order.customer_id is None:
            numbers.append(settle(order))
    return numbers


def in_a_begun_list(session):
    tags = ["all"]
    for tag in session.query(Tag).order_by(Tag.id):
        if tag.uses > 2:
            tags.append(tag)
    return tags


def last_one(session):
    return session.query(Order).order_by(Order.id).all()[-1]  # review: filter-in-database (last-row)


def last_of_ties(session):
    orders = session.query(Order).order_by(Order.placed_on).all()
    return orders[-1] if orders else None  # found: filter-in-database (last-row)


def part(session, begin, end):
    orders = session.query(Order).order_by(Order.id).all()
    return orders[begin:end]  # review: filter-in-database (limit-known)


def parts(session):
    orders = session.query(Order).order_by(Order.id).all()
    return orders[1:3], orders[7:9]


def parts_of_a_generator(session):
    found = []
    for order in session.query(Order).order_by(Order.id).all():
        if order.customer_id is None:
            found.append((yield order.number))
    return found


def asked_later(session):
    found = []
    for order in session.query(Order).order_by(Order.id).all():
        if order.customer_id is None:
            found.append(lambda: order.number)
    return [asked() for asked in found]


class Ticket:
    def __init__(self, number):
        self.number = number

    def named(self, order):
        return order.number


class Desk(Ticket):
    def numbers(self, session):
        found = []
        for order in session.query(Order).order_by(Order.id).all():
            if order.customer_id is None:
                found.append(super().named(order))
        return found
