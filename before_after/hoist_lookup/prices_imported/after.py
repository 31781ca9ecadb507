"""What exists is looked up for pairs of keys, of which one comes from a row found in the loop."""

from sqlalchemy import tuple_

from shop.models import PriceListEntry, Product


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def import_prices(session, listed):
    added = 0
    items = list(listed.items())
    products = {}
    for chunk in _chunks(sku for list_code, skus in items for sku in skus):
        for row in session.query(Product).filter(Product.sku.in_(chunk)):
            products[row.sku] = row
    known_list_code_and_product_ids = set()
    for list_code_and_product_ids in _chunks(
        (list_code, products[sku].id)
        for list_code, skus in items
        for sku in skus
        if sku in products
    ):
        known_list_code_and_product_ids.update(
            (key, product_id)
            for key, product_id in (
                session.query(PriceListEntry.list_code, PriceListEntry.product_id)
                .filter(
                    tuple_(PriceListEntry.list_code, PriceListEntry.product_id).in_(
                        list_code_and_product_ids
                    )
                )
                .distinct()
            )
        )
    for list_code, skus in items:
        for sku in skus:
            product = products.get(sku)
            if product is None:
                continue
            existing = (list_code, product.id) in known_list_code_and_product_ids
            if existing:
                continue
            # the price of the catalogue is where every list begins
            entry = PriceListEntry(
                list_code=list_code, product_id=product.id, price=product.price
            )
            session.add(entry)
            known_list_code_and_product_ids.add((list_code, product.id))
            added += 1
    return added
