"""An async session does not load a relationship that is read: a read that is not seen would raise."""

from sqlalchemy import Column, ForeignKey, Integer, String, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Server(Base):
    __tablename__ = "servers"

    id = Column(Integer, primary_key=True)
    name = Column(String)
    checks = relationship("Check", lazy="selectin")  # found: narrow-relationship (loads-lazily)


class Check(Base):
    __tablename__ = "checks"

    id = Column(Integer, primary_key=True)
    server_id = Column(ForeignKey("servers.id"))


async def names(session: AsyncSession) -> list[str]:
    return [server.name for server in await session.scalars(select(Server))]
