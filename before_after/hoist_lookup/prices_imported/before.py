"""What exists is looked up for pairs of keys, of which one comes from a row found in the loop."""

from shop.models import PriceListEntry, Product


def import_prices(session, listed):
    added = 0
    for list_code, skus in listed.items():
        for sku in skus:
            product = session.query(Product).filter(Product.sku == sku).first()
            if product is None:
                continue
            existing = (
                session.query(PriceListEntry)
                .filter(
                    PriceListEntry.list_code == list_code,
                    PriceListEntry.product_id == product.id,
                )
                .first()
            )
            if existing:
                continue
            # the price of the catalogue is where every list begins
            entry = PriceListEntry(
                list_code=list_code, product_id=product.id, price=product.price
            )
            session.add(entry)
            added += 1
    return added
