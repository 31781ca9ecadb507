"""The open tickets of each agent, of a relationship that is only written, in async code."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, WriteOnlyMapped, mapped_column, relationship


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Base(DeclarativeBase):
    pass


class Agent(Base):
    __tablename__ = "agents"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(30))

    tickets: WriteOnlyMapped["Ticket"] = relationship(order_by="Ticket.id")


class Ticket(Base):
    __tablename__ = "tickets"

    id: Mapped[int] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("agents.id"))
    subject: Mapped[str] = mapped_column(String(50))
    is_open: Mapped[bool] = mapped_column(default=True)


async def open_tickets(session: AsyncSession) -> dict[str, list[str]]:
    result = await session.scalars(select(Agent).order_by(Agent.id))
    found: dict[str, list[str]] = {}
    agents = result.all()
    tickets_by_agent_id: dict[int, list[Ticket]] = {}
    for agent_ids in _chunks(agent.id for agent in agents):
        for row in await session.scalars(
            select(Ticket)
            .where(Ticket.agent_id.in_(agent_ids))
            .order_by(Ticket.id)
            .where(Ticket.is_open)
        ):
            tickets_by_agent_id.setdefault(row.agent_id, []).append(row)
    for agent in agents:
        tickets = tickets_by_agent_id.get(agent.id, [])
        found[agent.name] = [ticket.subject for ticket in tickets]
    return found
