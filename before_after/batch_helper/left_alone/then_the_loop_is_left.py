"""After the call the loop is left, so that the helper asks once at most."""

from shop.models import Customer


def customer_of(session, email):
    return session.query(Customer).filter(Customer.email == email).first()


def first_known(session, emails: list[str]):
    for email in emails:
        if email.endswith("@example.org"):
            return customer_of(session, email)
    return None


def first_vip(session, emails: list[str]):
    for email in emails:
        if email.endswith("@example.org"):
            return session.query(Customer).filter(Customer.vip.is_(True)).count()
    return 0
