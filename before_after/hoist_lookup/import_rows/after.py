"""Rows of an import: a guard, a key that is cleaned, and a lookup that raises."""

from collections.abc import Iterable, Iterator
from typing import Any, Dict, List

from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from shop.models import Supplier


def _required(row: Any) -> Any:
    """This row, which there must be."""
    if row is None:
        raise NoResultFound("No row was found when one was required")
    return row


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def suppliers(session: Session, rows: List[Dict[str, str]]) -> List[int]:
    result = []
    suppliers_by_name: dict[str, Supplier] = {}
    for names in _chunks(row["supplier"].strip() for row in rows if not row.get("skip")):
        for found_supplier in session.query(Supplier).filter(Supplier.name.in_(names)):
            suppliers_by_name[found_supplier.name] = found_supplier
    for row in rows:
        if row.get("skip"):
            continue
        name = row["supplier"].strip()
        supplier = _required(suppliers_by_name.get(name))
        result.append(supplier.id)
    return result
