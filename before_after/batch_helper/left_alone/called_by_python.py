"""A line that is used again is set up anew by its `__init__`, which Python calls for each new one."""

from shop.models import Product


class Line:
    def __init__(self, session, product_id: int):
        self.price = session.query(Product.price).filter(Product.id == product_id).scalar()


def dearest(session, product_ids: list[int]):
    line, found = Line(session, 1), 0
    for product_id in product_ids:
        line.__init__(session, product_id)  # found: batch-helper (takes-a-parameter)
        found = max(found, line.price)
    return found
