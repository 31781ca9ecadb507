"""For each tag the products that have it are counted in the table between the two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from shop.models import Tag, product_tags
from sqlalchemy import func, select
from sqlalchemy.orm import Session


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def usage(session: Session) -> list[tuple[str, int]]:
    lines = []
    tags = session.scalars(select(Tag).order_by(Tag.id)).all()
    product_tag_counts: dict[int, int] = {}
    for tag_ids in _chunks(tag.id for tag in tags):
        for tag_id, count in session.execute(
            select(product_tags.c.tag_id, func.count())
            .select_from(product_tags)
            .where(product_tags.c.tag_id.in_(tag_ids))
            .group_by(product_tags.c.tag_id)
        ):
            product_tag_counts[tag_id] = count
    for tag in tags:
        number = product_tag_counts.get(tag.id, 0)
        lines.append((tag.name, number))
    return lines
