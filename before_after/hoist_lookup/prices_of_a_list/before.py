"""A composite key, one part of which is the same for all lines."""

from shop.models import OrderLine, PriceListEntry


class Prices:
    def __init__(self, session, list_code):
        self.session = session
        self.list_code = list_code

    def listed(self):
        prices = []
        for line in self.session.query(OrderLine).order_by(OrderLine.id).all():
            entry = (
                self.session.query(PriceListEntry)
                .filter_by(list_code=self.list_code, product_id=line.product_id)
                .first()
            )
            prices.append(str(entry.price) if entry else None)
        return prices
