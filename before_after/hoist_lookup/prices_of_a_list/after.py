"""A composite key, one part of which is the same for all lines."""

from shop.models import OrderLine, PriceListEntry


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Prices:
    def __init__(self, session, list_code):
        self.session = session
        self.list_code = list_code

    def listed(self):
        prices = []
        order_lines = self.session.query(OrderLine).order_by(OrderLine.id).all()
        price_list_entries = {}
        for product_ids in _chunks(
            line.product_id for line in order_lines if line.product_id is not None
        ):
            for entry in (
                self.session.query(PriceListEntry)
                .filter_by(list_code=self.list_code)
                .filter(PriceListEntry.product_id.in_(product_ids))
            ):
                price_list_entries[entry.product_id] = entry
        for line in order_lines:
            entry = price_list_entries.get(line.product_id)
            prices.append(str(entry.price) if entry else None)
        return prices
