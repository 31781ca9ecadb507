"""What is counted, added up or compared is another thing for each item."""

from sqlalchemy import case, func, select

from shop.models import Order


def totals(session, rates: dict[int, int]):
    return [
        session.query(func.sum(Order.id * rate))  # found: hoist-lookup (keys-known-before)
        .filter(Order.customer_id == customer_id)
        .scalar()
        for customer_id, rate in rates.items()
    ]


def numbered(session, numbers: dict[int, str]):
    result = []
    for customer_id, number in numbers.items():
        chosen = case((Order.number == number, 1))
        count = session.scalar(  # found: hoist-lookup (keys-known-before)
            select(func.count(chosen)).where(Order.customer_id == customer_id)
        )
        result.append(count)
    return result


def later(session, customer_ids: list[int]):
    result = []
    for position, customer_id in enumerate(customer_ids):
        shifted = Order.id - position
        result.append(
            session.query(Order)  # found: hoist-lookup (keys-known-before)
            .filter(Order.customer_id == customer_id, shifted > 5)
            .count()
        )
    return result


def named(session, customer_ids: list[int]):
    result = []
    for customer_id in customer_ids:
        more = Order.id > len(result)
        wanted = Order.customer_id == customer_id
        result.append(
            session.query(Order).filter(wanted, more).count()  # found: hoist-lookup (keys-known-before)
        )
    return result
