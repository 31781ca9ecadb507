"""A label needs the number of each product that has a tag; those on sale only, in their order."""

from typing import Dict

from shop.models import Product, Tag
from sqlalchemy import select
from sqlalchemy.orm import Session


def labels(db: Session) -> Dict[str, str]:
    tags = {tag.name: tag for tag in db.scalars(select(Tag))}
    texts = {}
    for name, tag in tags.items():
        skus = db.execute(
            select(Product.sku)
            .join(Product.tags)
            .where(Tag.id == tag.id, Product.active.is_(True))
            .order_by(Product.id)
        ).scalars().all()
        texts[name] = ", ".join(skus)
    return texts
