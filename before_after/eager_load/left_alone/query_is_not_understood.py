"""What is selected, or how it is loaded, can't be told from the code."""

from sqlalchemy.orm import aliased

from shop.models import Customer, Order


def some_method(session, options):
    query = session.query(Order).with_labels_and_more(options)
    return [order.customer for order in query.all()]


def unnamed_alias(session):
    query = session.query(aliased(Customer))
    return [row.profile for row in query]  # found: eager-load (query-takes-options)


def switched_off(session):
    query = session.query(Order).enable_eagerloads(False)
    return [order.customer for order in query]  # found: eager-load (query-takes-options)


def overwrites(session):
    query = session.query(Order).populate_existing()
    return [order.customer for order in query]  # review: eager-load (query-takes-options)
