"""In async code a lazy load without await raises, so that the code can't have worked."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from shop.models import Customer, Order


async def names(session: AsyncSession):
    orders = (await session.execute(select(Order).order_by(Order.id))).scalars().all()
    return [order.customer for order in orders]  # review: eager-load (loads-today)


async def refreshed(session: AsyncSession):
    orders = (await session.execute(select(Order).order_by(Order.id))).scalars().all()
    for order in orders:
        await session.refresh(order, ["customer"])  # review: eager-load (loads-today)
        print(order.customer)


async def one(session: AsyncSession, number):
    order = (await session.execute(select(Order).where(Order.number == number))).scalars().one()
    return order.customer.name  # review: eager-load (loads-today)


async def at_hand(session: AsyncSession, number):
    found = select(Order).where(Order.number == number).options(selectinload(Order.customer))
    order = (await session.execute(found)).scalars().one()
    return order.customer.name


async def loaded_with_the_rest(session: AsyncSession, number):
    same = selectinload(Order.customer).selectinload(Customer.orders).selectinload(Order.lines)
    found = select(Order).where(Order.number == number).options(same)
    order = (await session.execute(found)).scalars().one()
    return [line.position for line in order.lines]


async def loaded_before(session: AsyncSession, number):
    await session.execute(select(Customer))
    order = (await session.execute(select(Order).where(Order.number == number))).scalars().one()
    return order.customer.name


async def reloaded(session: AsyncSession, number):
    order = (await session.execute(select(Order).where(Order.number == number))).scalars().one()
    await session.refresh(order, ["customer"])
    return order.customer.name


async def assigned(session: AsyncSession, number, customer):
    order = (await session.execute(select(Order).where(Order.number == number))).scalars().one()
    order.customer = customer
    await session.commit()
    return order.customer


async def in_a_thread(session: AsyncSession, number):
    order = (await session.execute(select(Order).where(Order.number == number))).scalars().one()
    await session.run_sync(lambda _: order.customer)
    return order.customer


async def deep(session: AsyncSession, number):
    order = (await session.execute(select(Order).where(Order.number == number))).scalars().one()
    return order.customer.country.name  # review: eager-load (loads-today)


async def gotten(session: AsyncSession, key):
    order = await session.get(Order, key)
    return order.customer.name  # review: eager-load (loads-today)
