"""What the query asks for is bound in the loop: by a pattern, an import, or a definition."""

from shop.models import Customer, Order


def matched(session, rows: list[dict]):
    found = []
    for row in rows:
        match row:
            case {"number": str(number)}:
                found.append(session.query(Order).filter(Order.number == number).count())
            case {"emails": [first, *others], **rest}:
                found.append(session.query(Customer).filter(Customer.email.in_(others)).count())
                found.append((first, session.query(Order).filter_by(**rest).count()))
    return found


def defined(session, names: list[str]):
    found = []
    for name in names:
        def wanted():
            return Order.number != name

        found.append(session.query(Order).filter(wanted()).count())
    return found
