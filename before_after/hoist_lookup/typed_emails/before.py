"""A column of one row for each key of a dict, which a typed shop must have."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Customer


def emails(session: Session, wanted: dict[int, str]) -> dict[str, str]:
    return {
        label: session.execute(
            select(Customer.email).where(Customer.id == customer_id)
        ).scalar_one()
        for customer_id, label in wanted.items()
    }
