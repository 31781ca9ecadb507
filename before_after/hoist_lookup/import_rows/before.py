"""Rows of an import: a guard, a key that is cleaned, and a lookup that raises."""

from typing import Dict, List

from sqlalchemy.orm import Session

from shop.models import Supplier


def suppliers(session: Session, rows: List[Dict[str, str]]) -> List[int]:
    result = []
    for row in rows:
        if row.get("skip"):
            continue
        name = row["supplier"].strip()
        supplier = session.query(Supplier).filter(Supplier.name == name).one()
        result.append(supplier.id)
    return result
