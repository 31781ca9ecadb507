"""The query selects an alias beside a column, and each row is unpacked."""

from sqlalchemy.orm import aliased, selectinload

from shop.models import Customer


def referred(session):
    friend = aliased(Customer)
    query = (
        session.query(Customer.name, friend)
        .options(selectinload(friend.addresses))
        .join(friend, friend.referrer_id == Customer.id)
        .order_by(friend.id)
    )
    return [(name, [a.city for a in person.addresses]) for name, person in query.all()]
