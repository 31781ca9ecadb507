"""PostgreSQL refuses a number that is too large, and text with a NUL: a handler sees how far it came."""

from contextlib import suppress

from sqlalchemy.exc import DataError, SQLAlchemyError

from shop.models import Customer, Order


def counted(session, ids: list[int]):
    done = 0
    try:
        for key in ids:
            customer = session.query(Customer).filter(Customer.id == key).one_or_none()  # review: hoist-lookup (errors-not-handled)
            done += customer is not None
    except SQLAlchemyError:
        session.rollback()
        return {"failed": True, "done": done}
    return {"failed": False, "done": done}


def listed(session, emails: list[str]):
    names = []
    with suppress(ValueError):
        for email in emails:
            customer = session.query(Customer).filter(Customer.email == email).one_or_none()  # review: hoist-lookup (errors-not-handled)
            names.append(customer.name if customer else None)
    return names


def told(session, emails: list[str]):
    names = []
    try:
        for email in emails:
            customer = session.query(Customer).filter(Customer.email == email).one_or_none()  # review: hoist-lookup (errors-not-handled)
            names.append(customer.name if customer else None)
    finally:
        print(len(names))
    return names


def some_renamed(session, emails: list[str]):
    try:
        for email in emails:
            customer = session.query(Customer).filter(Customer.email == email).one_or_none()  # review: hoist-lookup (errors-not-handled)
            if customer is not None:
                customer.name = email
    except DataError:
        print("no such text")
    session.commit()


def named(session, emails: list[str]):
    try:
        for email in emails:
            customer = session.query(Customer).filter(Customer.email == email).one_or_none()  # review: hoist-lookup (errors-not-handled)
            if customer is not None:
                print(customer.name)
    except SQLAlchemyError as error:
        raise ValueError(f"{email} is no address") from error


def of_orders(session, orders: list[Order]):
    last = None
    try:
        for order in orders:
            last = order.id
            customer = session.query(Customer).filter(Customer.id == order.customer_id).one_or_none()  # review: hoist-lookup (errors-not-handled)
            if customer is not None:
                print(customer.name)
    except SQLAlchemyError:
        print(f"what waits cannot be flushed for {last}")
