"""What is queried comes from a parameter, is a table, or is written in SQL."""

from sqlalchemy import Column, Integer, MetaData, String, Table, func, select, text
from sqlalchemy.orm import Session

from shop.models import Customer, Order, Product

countries = Table("countries", MetaData(), Column("code", Integer), Column("name", String))
orders = Order.__table__


def first_of_each(session: Session, model, keys):
    found = []
    for key in keys:
        found.append(session.query(model).filter(model.id == key).first())  # found: hoist-lookup (query-understood)
    return found


def names(session, codes):
    found = {}
    for code in codes:
        statement = select(countries.c.name).where(countries.c.code == code)
        found[code] = session.execute(statement).scalar()  # found: hoist-lookup (query-understood)
    return found


def sizes_of(session, codes):
    found = []
    for code in codes:
        named = select(func.count()).select_from(countries).where(countries.c.code == code)
        ordered = select(func.max(orders.c.placed_on)).where(orders.c.customer_id == code)
        found.append(session.execute(named).scalar())  # found: hoist-lookup (query-understood)
        found.append(session.execute(ordered).scalar())  # found: hoist-lookup (query-understood)
    return found


def rows_of(session, tables):
    return [session.execute(select(func.count()).select_from(each)).scalar() for each in tables]


def stock(session, ids):
    found = []
    for product_id in ids:
        query = {"id": product_id}
        stock = session.execute(text("SELECT stock FROM products WHERE id = :id"), query)  # found: hoist-lookup (query-understood)
        found.append(stock.scalar())
    return found


def sizes(session):
    found = {}
    for model in (Customer, Product):
        found[model.__name__] = session.query(model).count()
    return found


def renamed(session, names):
    for old, new in names.items():
        session.execute(text("UPDATE products SET name = :new WHERE name = :old"), {"old": old, "new": new})


def pages(session, model, keys):
    found = []
    for start in range(0, len(keys), 500):
        found += session.query(model).filter(model.id.in_(keys[start : start + 500])).all()
    return found


def tables(session, names):
    return {name: session.execute(text(f"SELECT count(*) FROM {name}")).scalar() for name in names}
