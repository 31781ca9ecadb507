"""Objects of a module ask for rows of any model; the filters are put together in a loop."""

from sqlalchemy.orm import selectinload

import crud
from shop.models import OrderLine


def first_products(db):
    found = set()
    for line in crud.lines.find(db, position=1, options=[selectinload(OrderLine.product)]):
        if line.product:
            found.add(line.product.sku)
    return found


def fresh_tags(db):
    return sorted(tag.name for tag in crud.tags.find(db, uses=0))
