"""The query selects an alias that has a name where it is built, and none where it is sent."""

from sqlalchemy.orm import aliased

from shop.models import Customer


def referred(session):
    person = aliased(Customer, name="person")
    return session.query(person).filter(person.referrer_id.isnot(None)).order_by(person.id)


def countries(session):
    query = referred(session)
    print(query.count())
    return [person.country for person in query]  # found: eager-load (query-takes-options)
