"""The lookup stands under a condition that only the loop can tell."""

from shop.models import Customer, Order, OrderLine


def label_some(session, limit):
    labels: list = []
    for order in session.query(Order).order_by(Order.id).all():
        if len(labels) < limit:
            labels.append(
                session.query(Customer)  # review: hoist-lookup (asked-every-time)
                .filter(Customer.id == order.customer_id)
                .first()
            )
    return [customer and customer.name for customer in labels]


def is_long(order, labels):
    return len(labels) < order.id


def in_one_test(session):
    labels: list = []
    for order in session.query(Order).order_by(Order.id).all():
        if is_long(order, labels) and (
            session.query(Customer.vip).filter(Customer.id == order.customer_id).scalar()  # review: hoist-lookup (asked-every-time)
        ):
            labels.append(order.id)
    return labels


def in_one_filter(session):
    vip = session.query(Customer.vip)
    return [
        order.id
        for order in session.query(Order).order_by(Order.id).all()
        if not (
            is_long(order, [])
            and vip.filter(Customer.id == order.customer_id).scalar()  # review: hoist-lookup (asked-every-time)
        )
    ]


def in_what_a_loop_goes_over(session):
    labels: list = []
    for order in session.query(Order).order_by(Order.id).all():
        for line in (
            labels
            and session.query(OrderLine).filter(OrderLine.order_id == order.id).order_by(OrderLine.id).all()  # review: hoist-lookup (asked-every-time)
        ):
            labels.append(line.id)
    return labels


def in_a_chain(session, least: int):
    found = []
    for order in session.query(Order).order_by(Order.id).all():
        if least < order.id < (
            session.query(OrderLine).filter(OrderLine.order_id == order.id).count()  # review: hoist-lookup (asked-every-time)
        ):
            found.append(order.id)
    return found


def after_what_may_fail(session, parts: list[int]):
    found = []
    for order in session.query(Order).order_by(Order.id).all():
        try:
            part = parts[order.id] // order.id
            count = session.query(OrderLine).filter(OrderLine.order_id == order.id).count()  # review: hoist-lookup (asked-every-time)
        except (IndexError, ZeroDivisionError):
            continue
        found.append(count * part)
    return found
