"""One key is looked up in several places of a call: for a person, who hands the answer on."""

from shop.models import Customer, Tag


def uses_of(session, name):
    return session.query(Tag.uses).filter(Tag.name == name).scalar()


def fee(session, customer):
    return 0 if customer.vip else uses_of(session, "fee")


def total(session, customer):
    if uses_of(session, "free") or session.query(Customer).count() < 3:
        return 0
    return fee(session, customer) + uses_of(session, "fee")  # found: cache-lookup (asked-in-one-place)


def twice(session):
    first, customers = uses_of(session, "fee"), session.query(Customer).count()
    return first * customers, uses_of(session, "fee")  # found: cache-lookup (asked-in-one-place)


def in_one_arm_each(session, customer):
    if session.query(Customer).filter(Customer.referrer_id == customer.id).count():
        return uses_of(session, "fee")
    else:
        return uses_of(session, "fee") + 1


def written_between(session):
    before = uses_of(session, "fee")
    session.query(Tag).filter(Tag.name == "fee").update({"uses": before + 1})
    return before, uses_of(session, "fee")


def other_keys(session):
    customers = session.query(Customer).count()
    return customers * uses_of(session, "fee"), uses_of(session, "free")


def by_one_way(session, customer):
    return total(session, customer), session.query(Customer).count()


def customers_of(session, name):
    found = session.query(Tag).filter(Tag.name == name).one()
    found.uses += 1
    return session.query(Customer).count()


def writes(session):
    asked = customers_of(session, "fee"), customers_of(session, "fee")
    return asked, session.query(Customer).count()
