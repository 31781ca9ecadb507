"""What wants the whole collection, or a part that no query can bound for all rows."""

from datetime import date
from operator import attrgetter

from sqlalchemy.orm import joinedload, selectinload

from shop.models import Customer, Order, OrderStatus


def also_read_whole(session, since: date):
    found = []
    for customer in session.query(Customer).options(selectinload(Customer.orders)):
        recent = [order for order in customer.orders if order.placed_on >= since]
        found.append((recent, [order.number for order in customer.orders]))
    return found


def also_listed(session, since: date):
    found = []
    for customer in session.query(Customer).options(selectinload(Customer.orders)):
        orders = customer.orders
        recent = [order for order in orders if order.placed_on >= since]
        found.append((recent, [order.number for order in orders]))
    return found


def kept_from_the_last_item(session, since: date):
    orders, found = [], []
    for customer in session.query(Customer).options(selectinload(Customer.orders)):
        found.append([order.id for order in orders if order.placed_on >= since])
        orders = customer.orders
    return found


def read_by_who_gets_the_rows(session, since: date):
    customers = session.query(Customer).options(selectinload(Customer.orders)).all()
    for customer in customers:
        print([order.number for order in customer.orders if order.placed_on >= since])
    return customers


def read_by_a_function(session, since: date):
    for customer in session.query(Customer).options(selectinload(Customer.orders)):
        print([order.number for order in customer.orders if order.placed_on >= since])
        show(customer)


def show(customer):
    print([order.number for order in customer.orders])


def may_be_most(session):
    """Nothing says that these are few."""
    found = {}
    for customer in session.query(Customer).options(selectinload(Customer.orders)):
        paid = [order.id for order in customer.orders if order.status is OrderStatus.PAID]
        found[customer.id] = paid
    return found


def another_window_each(session):
    found = {}
    for customer in session.query(Customer).options(selectinload(Customer.orders)):
        first = customer.birthday
        found[customer.id] = [o.id for o in customer.orders if first and o.placed_on >= first]
    return found


def compared_with_the_row(session):
    found = {}
    for customer in session.query(Customer).options(selectinload(Customer.orders)):
        found[customer.id] = [o.id for o in customer.orders if o.placed_on >= customer.birthday]
    return found


def compared_with_another_column(session):
    found = {}
    for customer in session.query(Customer).options(selectinload(Customer.orders)):
        found[customer.id] = [o.id for o in customer.orders if o.id >= o.address_id]
    return found


def called_first(session, since: date, known):
    """The function is called for old rows too."""
    found = {}
    for customer in session.query(Customer).options(selectinload(Customer.orders)):
        found[customer.id] = [o.id for o in customer.orders if known(o) if o.placed_on >= since]
    return found


def deeper_option(session, since: date):
    query = session.query(Customer).options(
        selectinload(Customer.orders), selectinload(Customer.orders).selectinload(Order.lines)
    )
    found = {}
    for customer in query:
        recent = [order for order in customer.orders if order.placed_on >= since]
        found[customer.id] = [line.quantity for order in recent for line in order.lines]
    return found


def one_row(session, since: date, number: int):
    customer = session.query(Customer).options(selectinload(Customer.orders)).filter_by(id=number)
    found = customer.one()
    return [order.id for order in found.orders if order.placed_on >= since]


def only_tested(session):
    for customer in session.query(Customer).options(selectinload(Customer.orders)):
        if customer.orders:
            print(customer.name)


def many_numbers(session):
    """Four queries are no better."""
    return [
        (
            len(customer.orders),
            max((order.placed_on for order in customer.orders), default=None),
            min((order.placed_on for order in customer.orders), default=None),
            sum(1 for order in customer.orders if order.status is OrderStatus.NEW),
        )
        for customer in session.query(Customer).options(selectinload(Customer.orders))
    ]


def number_of_a_lazy_one(session):
    """This is eager-load's to tell."""
    return {customer.id: len(customer.orders) for customer in session.query(Customer)}


def written_meanwhile(session, since: date):
    """Loaded one by one, which eager-load tells."""
    for customer in session.query(Customer):
        print([order.number for order in customer.orders if order.placed_on >= since])
        session.commit()


def sorted_by_what_is_no_column(session):
    query = session.query(Customer).options(joinedload(Customer.orders))
    return [max(customer.orders, key=attrgetter("label")).id for customer in query]


def one_by_one_and_whole(session, since: date):
    """Loaded one by one, which eager-load tells."""
    for customer in session.query(Customer):
        print([order.number for order in customer.orders if order.placed_on >= since])
        print([order.id for order in customer.orders])


def min_of_our_own(session, min):
    for customer in session.query(Customer):
        print(min(customer.orders, key=lambda order: order.placed_on))


def min_of_our_own_of_numbers(session, min):
    query = session.query(Customer).options(selectinload(Customer.orders))
    return [min(order.placed_on for order in customer.orders) for customer in query]
