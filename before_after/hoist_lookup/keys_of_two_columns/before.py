"""Rows with a key of two columns are got one by one, by a tuple and by a dict."""

from shop.models import PriceListEntry


def prices(session, list_code, product_ids):
    found = []
    for product_id in product_ids:
        entry = session.get(PriceListEntry, (list_code, product_id))
        found.append(str(entry.price) if entry is not None else None)
    return found


def listed(session, pairs):
    names = []
    for list_code, product_id in pairs:
        entry = session.get(PriceListEntry, {"product_id": product_id, "list_code": list_code})
        if entry is None:
            names.append(f"{list_code}: -")
        else:
            names.append(f"{list_code}: {entry.product_id}")
    return names
