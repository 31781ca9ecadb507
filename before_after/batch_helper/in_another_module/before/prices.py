from shop.models import PriceListEntry


def listed(session, product_id, list_code="retail"):
    entry = (
        session.query(PriceListEntry)
        .filter(PriceListEntry.list_code == list_code, PriceListEntry.product_id == product_id)
        .one_or_none()
    )
    return entry.price if entry else None
