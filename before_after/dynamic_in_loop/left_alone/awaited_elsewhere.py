"""The loop makes coroutines, which are awaited later."""

import asyncio

from sqlalchemy import ForeignKey, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, WriteOnlyMapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Agent(Base):
    __tablename__ = "agents"

    id: Mapped[int] = mapped_column(primary_key=True)

    tickets: WriteOnlyMapped["Ticket"] = relationship(order_by="Ticket.id")


class Ticket(Base):
    __tablename__ = "tickets"

    id: Mapped[int] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("agents.id"))
    is_open: Mapped[bool]


async def first_open(session: AsyncSession):
    agents = (await session.scalars(select(Agent).order_by(Agent.id))).all()
    asked = []
    for agent in agents:
        asked.append(session.scalar(agent.tickets.select().where(Ticket.is_open)))  # found: dynamic-in-loop (keys-known-before)
    return await asyncio.gather(*asked)
