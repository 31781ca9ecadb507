"""Rows with a key of two columns are got one by one, by a tuple and by a dict."""

from sqlalchemy import select, tuple_

from shop.models import PriceListEntry


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def prices(session, list_code, product_ids):
    found = []
    product_ids = list(product_ids)
    price_list_entries_by_list_code_and_product_id = {}
    for list_code_and_product_ids in _chunks((list_code, product_id) for product_id in product_ids):
        for entry in session.scalars(
            select(PriceListEntry).where(
                tuple_(PriceListEntry.list_code, PriceListEntry.product_id).in_(
                    list_code_and_product_ids
                )
            )
        ):
            price_list_entries_by_list_code_and_product_id[(entry.list_code, entry.product_id)] = (
                entry
            )
    for product_id in product_ids:
        entry = price_list_entries_by_list_code_and_product_id.get((list_code, product_id))
        found.append(str(entry.price) if entry is not None else None)
    return found


def listed(session, pairs):
    names = []
    pairs = list(pairs)
    price_list_entries_by_list_code_and_product_id = {}
    for list_code_and_product_ids in _chunks(
        (list_code, product_id) for list_code, product_id in pairs
    ):
        for entry in session.scalars(
            select(PriceListEntry).where(
                tuple_(PriceListEntry.list_code, PriceListEntry.product_id).in_(
                    list_code_and_product_ids
                )
            )
        ):
            price_list_entries_by_list_code_and_product_id[(entry.list_code, entry.product_id)] = (
                entry
            )
    for list_code, product_id in pairs:
        entry = price_list_entries_by_list_code_and_product_id.get((list_code, product_id))
        if entry is None:
            names.append(f"{list_code}: -")
        else:
            names.append(f"{list_code}: {entry.product_id}")
    return names
