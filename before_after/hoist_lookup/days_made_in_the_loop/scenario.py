from datetime import date

from shop.models import Customer, Order


def scenario(module, session):
    days = [day for (day,) in session.query(Order.placed_on).order_by(Order.placed_on).limit(1)]
    return module.orders_of_days(session, days[0] if days else date(2024, 1, 1))


def sizes(session):
    return {"customers": session.query(Customer).count()}


def statements(sizes):
    customers = sizes["customers"]
    return 2 + 20 * customers, 2 + -(-20 * customers // 500)
