"""What Python would not tell as the database does."""

from datetime import date, timedelta

from sqlalchemy import extract, func

from shop.models import Order, OrderLine, Payment, Product, Review


def sums(session, limits: list[int]):
    return [
        session.query(func.sum(Review.rating)).filter(Review.rating > limit).scalar()  # found: fetch-window (told-by-rows)
        for limit in limits
    ]


def latest_of_each(session, limits: list[int]):
    return [
        session.query(Review)  # found: fetch-window (told-by-rows)
        .filter(Review.rating > limit)
        .order_by(Review.id)
        .first()
        for limit in limits
    ]


def distinct_ones(session, limits: list[int]):
    return [
        session.query(func.count(Review.product_id.distinct()))  # found: fetch-window (told-by-rows)
        .filter(Review.rating > limit)
        .scalar()
        for limit in limits
    ]


def only_present_ones(session, limits: list[int]):
    return [
        session.query(func.count(Review.customer_id))  # found: fetch-window (told-by-rows)
        .filter(Review.rating > limit)
        .scalar()
        for limit in limits
    ]


def joined(session, limits: list[int]):
    return [
        session.query(OrderLine)  # found: fetch-window (told-by-rows)
        .join(OrderLine.product)
        .filter(OrderLine.quantity > limit)
        .count()
        for limit in limits
    ]


def days_of_the_database(session, days: list[date]):
    return [
        session.query(Payment).filter(func.date(Payment.paid_at) == day).count()  # found: fetch-window (tests-equal)
        for day in days
    ]


def weeks_of_the_database(session):
    return [
        session.query(Order)  # found: fetch-window (tests-equal)
        .filter(extract("week", Order.placed_on) == week, Order.customer_id > week)
        .count()
        for week in range(1, 54)
    ]


def dates_of_times(session, days: list[date]):
    found = []
    for day in days:
        start = date(day.year, 1, 1)
        number = session.query(Payment).filter(Payment.paid_at >= start).count()  # found: fetch-window (tests-equal)
        found.append(number)
    return found


def built_in_steps(session, limits: list[int]):
    found = []
    for limit in limits:
        query = session.query(Product).filter(Product.stock > limit)
        found.append((query.count(), query.all()))  # found: fetch-window (writable)  # found: fetch-window (writable)
    return found


def of_what_may_be_none(session, order: Order, limits: list[int]):
    found = []
    for limit in limits:
        if order.address is not None:
            number = (
                session.query(Order)  # found: fetch-window (asked-every-time)
                .filter(Order.address_id == order.address.id, Order.customer_id > limit)
                .count()
            )
            found.append(number)
    return found


def while_there_are_some(session, customer_id: int, limits: list[int]):
    while any(
        session.query(Order)  # found: fetch-window (writable)
        .filter(Order.customer_id == customer_id, Order.id > limit)
        .count()
        for limit in limits
    ):
        customer_id = customer_id + 1
    return customer_id


def latest_of_each_day(session, day: date, last: date):
    found = []
    while day <= last:
        found.append(session.query(Payment).filter(Payment.paid_at == day).first())  # found: fetch-window (told-by-rows)
        day += timedelta(days=1)
    return found


def none_where_there_are_no_rows(session, limits: list[int]):
    return {
        limit: session.query(func.sum(Review.rating)).filter(Review.rating > limit).scalar()  # found: fetch-window (told-by-rows)
        for limit in limits
    }


def averages(session, limits: list[int]):
    return [
        session.query(func.avg(Review.rating)).filter(Review.rating > limit).scalar() or 0  # found: fetch-window (told-by-rows)
        for limit in limits
    ]
