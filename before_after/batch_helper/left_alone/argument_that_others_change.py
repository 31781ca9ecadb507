"""The list code is the same by its name, and another one after what the loop does."""

from shop.models import PriceListEntry

DEFAULT = "retail"


def price(session, product_id: int, code):
    entries = session.query(PriceListEntry.price).filter(PriceListEntry.list_code == code)
    return entries.filter(PriceListEntry.product_id == product_id).scalar()


def sale():
    global DEFAULT
    DEFAULT = "sale"


def one_of_a_dict(session, product_ids: list[int], codes: dict[str, str]):
    found = []
    for each in product_ids:
        found.append(price(session, each, codes["main"]))  # found: batch-helper (same-arguments)
        codes["main"] = "sale"
    return found


def one_of_the_module(session, product_ids: list[int]):
    found = []
    for each in product_ids:
        found.append(price(session, each, DEFAULT))  # found: batch-helper (same-arguments)
        sale()
    return found


def one_of_the_function(session, product_ids: list[int]):
    code, found = "retail", []

    def cheaper():
        nonlocal code
        code = "sale"

    for each in product_ids:
        found.append(price(session, each, code))  # found: batch-helper (same-arguments)
        cheaper()
    return found
