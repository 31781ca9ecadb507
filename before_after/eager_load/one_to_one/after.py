"""The profile of each customer, which is the far side of a unique key."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from shop.models import Customer


def bios(session):
    customers = session.scalars(
        select(Customer).options(selectinload(Customer.profile)).order_by(Customer.id)
    ).all()
    bios = {}
    for customer in customers:
        if customer.profile is None:
            continue
        bios[customer.email] = customer.profile.bio
    return bios
