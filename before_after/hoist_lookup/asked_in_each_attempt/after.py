"""A loop asks again for what another process may have stored in the meantime."""

import time
from collections.abc import Iterable, Iterator
from typing import Any

from shop.models import Product


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def missing(session, ids: list[int], attempts: int):
    rounds = []
    for _attempt in range(attempts):
        count = 0
        known_ids: set[int] = set()
        for chunk in _chunks(ids):
            known_ids.update(
                key for (key,) in session.query(Product.id).filter(Product.id.in_(chunk)).distinct()
            )
        for product_id in ids:
            found = product_id in known_ids
            count += not found
        rounds.append(count)
        time.sleep(0.01)
    return rounds
