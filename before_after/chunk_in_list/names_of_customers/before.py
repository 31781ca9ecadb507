"""A typed shop looks for the names of all customers that a campaign names."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Customer


def names(session: Session, customer_ids: Sequence[int]) -> set[str | None]:
    return {
        customer.name
        for customer in session.scalars(
            select(Customer)
            # the ones of this campaign
            .where(Customer.id.in_(customer_ids))
        ).all()
    }
