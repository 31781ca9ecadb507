"""What a person has to know before the answers are kept."""

import logging
from datetime import date

from shop.models import AuditLog, Order, OrderLine
from sqlalchemy import func
from warehouse import reserve

logger = logging.getLogger(__name__)


def highest(session, quantity):
    query = session.query(func.max(OrderLine.unit_price))
    return query.filter(OrderLine.quantity < quantity).scalar()


def lower(session, quantity):
    return session.query(OrderLine).filter(OrderLine.quantity < quantity).order_by(OrderLine.id).all()


def noted(session, quantity):
    logger.info("asked for %s", quantity)
    return highest(session, quantity)


def today(session, quantity):
    query = session.query(func.count(OrderLine.id)).join(Order)
    query = query.filter(OrderLine.quantity < quantity, Order.placed_on == date.today())
    return query.scalar()


def reserved(session, quantity):
    return reserve(session, highest(session, quantity))


def often(session):
    lines = session.query(OrderLine).order_by(OrderLine.id).all()
    return [highest(session, line.quantity) for line in lines]  # review: cache-lookup (keys-repeat)


def of_payloads(session, lines):
    return [highest(session, line["quantity"]) for line in lines]  # review: cache-lookup (keys-hashable)


def logs(session, lines):
    return [noted(session, line["quantity"]) for line in lines]  # review: cache-lookup (asks-only)


def of_the_day(session, lines):
    return [today(session, line["quantity"]) for line in lines]  # review: cache-lookup (asks-only)


def calls(session, lines):
    return [reserved(session, line["quantity"]) for line in lines]  # review: cache-lookup (asks-only)


def calls_besides(session, lines):
    for line in lines:
        reserve(session, highest(session, line["quantity"]))  # review: cache-lookup (calls-known)


def flushes(session, lines):
    for line in lines:
        price = highest(session, line["quantity"])  # review: cache-lookup (flushes-alike)
        session.add(AuditLog(entity_type="line", entity_id=str(price), action="asked"))


def cascades(session, lines):
    for line in lines:
        price = highest(session, line["quantity"])  # review: cache-lookup (table-not-written)
        session.query(Order).filter(Order.total < price).delete()


def commits(session, lines):
    for line in lines:
        line["price"] = highest(session, line["quantity"])  # review: cache-lookup (answers-stay)
        session.commit()


def pauses(session, lines):
    for line in lines:
        yield highest(session, line["quantity"])  # review: cache-lookup (not-suspended)


def changes_the_list(session, lines):
    found = []
    for line in lines:
        less = lower(session, line["quantity"])  # review: cache-lookup (value-not-shared)
        less.append(line)
        found.append(len(less))
    return found
