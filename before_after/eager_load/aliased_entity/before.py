"""The query selects an alias beside a column, and each row is unpacked."""

from sqlalchemy.orm import aliased

from shop.models import Customer


def referred(session):
    friend = aliased(Customer)
    query = (
        session.query(Customer.name, friend)
        .join(friend, friend.referrer_id == Customer.id)
        .order_by(friend.id)
    )
    return [(name, [a.city for a in person.addresses]) for name, person in query.all()]
