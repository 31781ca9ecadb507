import datetime

from shop.models import OrderStatus

SAVES = "time"


def scenario(module, session):
    day = datetime.date(2024, 1, 10)
    found = [module.since(session, day, status) for status in OrderStatus]
    return found, [module.praised(session, rating) for rating in range(6)], module.ordered(session)


def sizes(session):
    return {}
