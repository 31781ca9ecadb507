from sqlalchemy import func

from shop.models import Order


def scenario(module, session):
    numbers = [number for (number,) in session.query(Order.number).order_by(Order.id)]
    ids = [order_id for (order_id,) in session.query(Order.id).order_by(Order.id)]
    with module.ShopSession(bind=session.get_bind()) as own:
        return module.totals(own, [*numbers, "unknown"]), module.large_lines(own, [*ids, -1])


def sizes(session):
    keys = session.query(func.count(Order.id)).scalar() + 1
    return {
        "numbers": keys, "order_ids": keys, "distinct_numbers": keys, "distinct_order_ids": keys,
    }  # fmt: skip


def other(sizes):
    return 2
