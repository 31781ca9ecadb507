"""An UPDATE for the row of each item is told; one for each of a few, or for a chunk, is not."""

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from shop.models import Product, Tag


def core(session, ids):
    for id in ids:
        session.execute(  # found: bulk-update
            update(Product).where(Product.id == id).values(active=False)
        )


def legacy(session, products):
    for product in products:
        session.query(Tag).filter(Tag.name == product.sku).update({"uses": 0})  # found: bulk-update


def by_keyword(session, names):
    for name in names:
        session.query(Tag).filter_by(name=name).update({"uses": 0})  # found: bulk-update


def few(session):
    for id in (1, 2):
        session.execute(update(Product).where(Product.id == id).values(active=False))


def chunks(session, chunks):
    for ids in chunks:
        session.execute(update(Product).where(Product.id.in_(ids)).values(active=False))


def one_may_fail(session, names):
    for name in names:
        try:
            session.query(Tag).filter_by(name=name).update({"name": name.lower()})
        except IntegrityError:
            print(name)


def looked_at(session, ids):
    changed = 0
    for id in ids:
        changed += session.query(Product).filter_by(id=id).update({"active": False})
    return changed


def once(session, id):
    session.execute(update(Product).where(Product.id == id).values(active=False))


def by_a_limit(session, prices):
    for price in prices:
        session.execute(update(Product).where(Product.price > price).values(active=False))
