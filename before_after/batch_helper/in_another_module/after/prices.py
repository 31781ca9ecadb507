from shop.models import PriceListEntry


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def price_list_entries_by_product_id(session, product_ids, list_code="retail"):
    """Fetch what listed() looks up for all of these product ids."""
    price_list_entries = {}
    for chunk in _chunks(product_ids):
        for price_list_entry in session.query(PriceListEntry).filter(
            PriceListEntry.list_code == list_code, PriceListEntry.product_id.in_(chunk)
        ):
            price_list_entries[price_list_entry.product_id] = price_list_entry
    return price_list_entries


def listed(session, product_id, list_code="retail", *, price_list_entries=None):
    if price_list_entries is None:
        price_list_entries = price_list_entries_by_product_id(session, [product_id], list_code)
    entry = price_list_entries.get(product_id)
    return entry.price if entry else None
