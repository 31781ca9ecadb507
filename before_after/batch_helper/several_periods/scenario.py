import datetime

from shop.models import Customer


def scenario(module, session):
    return module.periods(session, datetime.date(2024, 3, 1))


def sizes(session):
    return {"customers": session.query(Customer).count()}


def statements(sizes):
    return 1 + 4 * sizes["customers"], 1 + 3 * (sizes["customers"] > 0)
