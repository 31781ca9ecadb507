"""Pages by OFFSET that a stream cannot take the place of."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload
from somewhere import exported

from shop.models import Order, OrderStatus, Product


def rows_that_leave_the_query(session, size: int):
    start = 0
    while True:
        orders = session.query(Order).filter(Order.total.is_(None)).order_by(Order.id).offset(start).limit(size).all()  # found: fetch-window (table-not-written)
        if not orders:
            break
        for order in orders:
            order.total = 0
        start += size


def committed_each_time(session, size: int):
    start = 0
    while True:
        orders = session.query(Order).order_by(Order.id).offset(start).limit(size).all()  # found: fetch-window (table-not-written)
        if not orders:
            break
        for order in orders:
            print(order.number)
        session.commit()
        start += size


def page_by_page(session, size: int):
    start = 0
    while True:
        orders = session.query(Order).order_by(Order.id).offset(start).limit(size).all()  # found: fetch-window (writable)
        if not orders:
            break
        yield [order.number for order in orders]
        start += size


def numbered(session, size: int):
    found, page = [], 0
    while True:
        orders = session.query(Order).order_by(Order.id).offset(page * size).limit(size).all()  # found: fetch-window (writable)
        found += orders
        if len(orders) < size:
            return found
        page += 1


def counted(session, size: int):
    number = session.query(Order).count()
    found = []
    for start in range(0, number, size):
        found += session.query(Order).order_by(Order.id).offset(start).limit(size).all()  # found: fetch-window (writable)
    return found


def with_lines(session, size: int):
    start = 0
    while True:
        orders = session.query(Order).options(selectinload(Order.lines)).order_by(Order.id).offset(start).limit(size).all()  # found: fetch-window (writable)
        if not orders:
            break
        for order in orders:
            print(order.number, len(order.lines))
        start += size


def told_how_many(session, size: int):
    start = 0
    while True:
        orders = session.query(Order).order_by(Order.id).offset(start).limit(size).all()  # found: fetch-window (writable)
        if not orders:
            break
        for order in orders:
            print(order.number)
        start += size
    return start


def until_one_is_found(session, size: int):
    start = 0
    while True:
        orders = session.query(Order).order_by(Order.id).offset(start).limit(size).all()  # found: fetch-window (writable)
        if not orders:
            break
        for order in orders:
            if order.status is OrderStatus.NEW:
                print(order.number)
                break
        start += size


def without_an_order(session, size: int):
    start = 0
    while True:
        products = session.query(Product).filter(Product.active).offset(start).limit(size).all()  # review: fetch-window (row-order)
        if not products:
            break
        for product in products:
            print(product.sku)
        start += size


def exported_elsewhere(session, size: int):
    start = 0
    while True:
        products = session.query(Product).order_by(Product.id).offset(start).limit(size).all()  # review: fetch-window (calls-known)
        if not products:
            break
        for product in products:
            exported(product)
        start += size


def one_page(session, page: int, size: int):
    return session.query(Order).order_by(Order.id).offset(page * size).limit(size).all()


def listed(session, size: int) -> list[str]:
    numbers = []
    start = 0
    while True:
        orders = session.query(Order).order_by(Order.id).offset(start).limit(size).all()  # review: fetch-window (sent-at-once)
        if not orders:
            break
        for order in orders:
            numbers.append(order.number)
        start += size
    return numbers


async def awaited(session: AsyncSession, size: int):
    found = []
    number = await session.scalar(select(func.count(Product.id)))
    for start in range(0, number, size):
        query = select(Product).order_by(Product.id).offset(start).limit(size)
        for product in await session.scalars(query):  # found: fetch-window (writable)
            found.append(product.sku)
    return found


def sliced(session, number: int):
    found = []
    for start in range(0, number, 50):
        for order in session.query(Order).order_by(Order.id)[start : start + 50]:  # found: fetch-window (writable)
            found.append(order.number)
    return found


def page_of(session, start: int, size: int):
    return session.query(Order).order_by(Order.id).offset(start).limit(size).all()


def asked_of_a_function(session, size: int):
    found, start = [], 0
    while orders := page_of(session, start, size):  # found: fetch-window (writable)
        found += [order.number for order in orders]
        start += size
    return found


def first_page_of_each(session, sizes: list[int]):
    return [page_of(session, 0, size) for size in sizes]
