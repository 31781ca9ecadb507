"""Inserts of which not all that matters is known."""

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shop.models import Product, Review, Supplier, Tag, User


def sql(session: Session, products: list[int], now):
    for product_id in products:
        session.execute(  # review: bulk-insert (values-are-data)
            insert(Review).values(product_id=product_id, text=now)
        )


def default(session: Session, names: list[str]):
    for name in names:
        session.execute(  # review: bulk-insert (none-is-stored)
            insert(Tag).values(name=name, uses=None)
        )


def may_raise(session: Session, names: list[str]):
    for name in names:
        session.execute(  # review: bulk-insert (items-cannot-fail)
            insert(Supplier).values(name=name.strip())
        )


def of_a_generator(session: Session, names):
    for name in names:
        session.execute(  # review: bulk-insert (items-cannot-fail)
            insert(Supplier).values(name=f"supplier {name}")
        )


def handed_on(session: Session, names: list[str], check):
    for name in names:
        check(session)
        session.execute(insert(Supplier).values(name=name))  # review: bulk-insert (calls-known)


def writes_more(session: Session, products: list[Product]):
    for product in products:
        product.active = False
        session.execute(  # review: bulk-insert (no-other-writes)
            insert(Review).values(product_id=product.id)
        )


def handled_outside(session: Session, names: list[str]):
    try:
        for name in names:
            session.execute(  # review: bulk-insert (loop-is-finished)
                insert(Supplier).values(name=name)
            )
    except IntegrityError:
        return False
    return True


def reused(session: Session, names: list[str]):
    row = {}
    for name in names:
        row["name"] = name
        session.bulk_insert_mappings(Supplier, [row])  # review: bulk-insert (rows-stay-as-they-are)


def changed_afterwards(session: Session, names: list[str]):
    for name in names:
        row = {"name": name}
        session.bulk_insert_mappings(Supplier, [row])  # review: bulk-insert (rows-stay-as-they-are)
        row["name"] = "changed"


def reading(session: Session, name: str):
    for login in session.scalars(User.__table__.select().with_only_columns(User.login)):
        session.execute(insert(User).values(login=name))  # review: bulk-insert (items-cannot-fail)


def rows_with_keys_of_their_own(session: Session, rows: list[dict]):
    for row in rows:
        session.execute(insert(Supplier).values(**row))  # review: bulk-insert (same-columns)


def lists_of_rows(session: Session, batches: list[list[dict]]):
    for rows in batches:
        session.execute(insert(Supplier), rows)


def batches_of_rows(session: Session, found: list[dict], batched):
    for batch in batched(found, 500):
        session.execute(insert(Supplier).values(batch))
    for group in batched(found, 500):
        session.execute(insert(Supplier), group)


def slices_of_rows(session: Session, found: list[dict]):
    for start in range(0, len(found), 500):
        part = found[start : start + 500]
        session.execute(insert(Supplier), part)
