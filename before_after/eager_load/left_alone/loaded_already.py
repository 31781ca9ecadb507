"""The query has the option already, or has the rows at hand."""

from sqlalchemy.orm import contains_eager, joinedload, lazyload, selectinload

from shop.models import Category, Customer, Order, OrderLine


def option(session):
    orders = session.query(Order).options(selectinload(Order.customer)).all()
    return [order.customer for order in orders]


def longer_option(session):
    option = joinedload(Order.customer).selectinload(Customer.country)
    orders = session.query(Order).options(option).all()
    return [order.customer.country.name for order in orders]


def its_own_strategy(session):
    orders = session.query(Order).options(lazyload(Order.customer)).all()
    return [order.customer for order in orders]


def join(session):
    query = session.query(Order).join(Order.customer).options(contains_eager(Order.customer))
    return [order.customer for order in query]


def two_entities(session):
    query = session.query(Order, Customer).join(Order.customer)
    return [(order.customer.name, customer.id) for order, customer in query]


def one_customer(session, customer_id):
    orders = session.query(Order).filter(Order.customer_id == customer_id).all()
    return [order.customer.name for order in orders]


def back_again(session):
    orders = session.query(Order).options(selectinload(Order.lines))
    return [line.order.number for order in orders for line in order.lines]


def whole_table(session):
    return [category.parent for category in session.query(Category).all()]


def once(session, number):
    order = session.query(Order).filter_by(number=number).one()
    return order.customer.name, [line.quantity for line in order.lines]


def columns(session):
    return [line.product_id for line in session.query(OrderLine.product_id)]


def by_a_name_of_1_4(session):
    orders = session.query(Order).options(joinedload("customer").load_only("id", "name")).all()
    return [order.customer.name for order in orders]
