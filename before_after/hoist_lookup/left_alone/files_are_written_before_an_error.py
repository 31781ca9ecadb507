"""A key that is no number raises after the files of the rows before it have been written."""

from pathlib import Path

from shop.models import Customer


def cards(session, cells: list[str]):
    for cell in cells:
        customer = session.query(Customer).filter(Customer.id == int(cell)).first()  # review: hoist-lookup (keys-known-before)
        Path(f"{cell}.txt").write_text(customer.name if customer else "nobody")
