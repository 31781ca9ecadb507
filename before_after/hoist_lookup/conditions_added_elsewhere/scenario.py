from datetime import date

from sqlalchemy import select

from shop_typed.models import Customer, Order

MODELS = "shop_typed"


def scenario(module, session):
    period = module.Period(start=date(2024, 1, 3))
    report = module.Report(session, period)
    user = session.scalars(select(Customer).order_by(Customer.id)).first()
    return (
        report.counts(),
        report.open_orders(),
        report.last_days(),
        report.seen_by(None),
        module.Report(session, module.Period(end=date(2024, 2, 1))).counts(),
        module.with_orders(session, period, False, user),
        module.with_orders(session, module.Period(), True, user) if user else [],
    )


def sizes(session):
    return {
        "customers": session.query(Customer).count(),
        "orders": session.query(Order).count(),
    }


def statements(sizes):
    customers, orders = sizes["customers"], sizes["orders"]
    runs = 5 + bool(customers)
    return 2 + runs + (5 + bool(customers)) * customers + orders, 2 + runs + (
        5 + bool(customers)
    ) * bool(customers) + bool(orders)
