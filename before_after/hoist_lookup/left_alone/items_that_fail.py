"""An item that cannot be had raises in the midst of the loop, and who sees that can tell."""

from shop.models import Customer


def listed(session, rows: list[dict[str, str]]):
    found = []
    try:
        for email in (str(row["email"]) for row in rows):
            found.append(session.query(Customer).filter(Customer.email == email).one_or_none())  # review: hoist-lookup (items-repeatable)
    except KeyError:
        print("no email")
    return found


def listed_of_any(session, emails):
    found = []
    try:
        for email in emails:
            found.append(session.query(Customer).filter(Customer.email == email).one_or_none())  # review: hoist-lookup (items-repeatable)
    except KeyError:
        print("no email")
    return found


def numbered(session, emails):
    for number, email in enumerate(emails):
        customer = session.query(Customer).filter(Customer.email == email).one_or_none()  # review: hoist-lookup (items-repeatable)
        print(number, customer is not None)


def printed(session, emails: list[str], names: list[str]):
    for email, name in zip(emails, names, strict=True):
        customer = session.query(Customer).filter(Customer.email == email).one_or_none()  # review: hoist-lookup (items-repeatable)
        print(name, customer is not None)


def required(session, texts: list[str]):
    for key in map(int, texts):
        customer = session.query(Customer).filter(Customer.id == key).one_or_none()  # review: hoist-lookup (items-repeatable)
        if customer is None:
            raise LookupError(key)


def numbered_if_any(session, emails):
    for number, email in enumerate(emails or ()):
        customer = session.query(Customer).filter(Customer.email == email).one_or_none()  # review: hoist-lookup (items-repeatable)
        print(number, customer is not None)


def trimmed(session, emails):
    given = emails
    for email in (each for each in given if each):
        customer = session.query(Customer).filter(Customer.email == email).one_or_none()  # review: hoist-lookup (items-repeatable)
        print(email, customer is not None)


def reported(found):
    print(found)


def printed_elsewhere(session, emails):
    for email in emails:
        customer = session.query(Customer).filter(Customer.email == email).one_or_none()  # review: hoist-lookup (items-repeatable)
        reported(customer is not None)


def listed_first(session, emails):
    given = list(emails)
    for email in given:
        customer = session.query(Customer).filter(Customer.email == email).one_or_none()  # review: hoist-lookup (keys-equal)
        print(email, customer is not None)
