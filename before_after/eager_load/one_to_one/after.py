"""The profile of each customer, which is the far side of a unique key."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from shop.models import Customer


def bios(session):
    customers = session.scalars(
        select(Customer).options(selectinload(Customer.profile)).order_by(Customer.id)
    )
    return {
        customer.email: customer.profile.bio
        for customer in customers
        # not everybody has one
        if customer.profile is not None
    }
