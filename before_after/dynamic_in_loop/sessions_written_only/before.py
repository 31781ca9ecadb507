"""The open tickets of each agent, of a relationship that is only written, in async code."""

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, WriteOnlyMapped, mapped_column, relationship


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
    for agent in result.all():
        tickets = await session.scalars(agent.tickets.select().where(Ticket.is_open))
        found[agent.name] = [ticket.subject for ticket in tickets]
    return found
