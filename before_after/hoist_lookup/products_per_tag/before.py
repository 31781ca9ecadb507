"""For each tag the products that have it are counted in the table between the two."""

from __future__ import annotations

from shop.models import Tag, product_tags
from sqlalchemy import func, select
from sqlalchemy.orm import Session


def usage(session: Session) -> list[tuple[str, int]]:
    lines = []
    for tag in session.scalars(select(Tag).order_by(Tag.id)):
        number = session.scalar(
            select(func.count())
            .select_from(product_tags)
            .where(product_tags.c.tag_id == tag.id)
        )
        lines.append((tag.name, number))
    return lines
