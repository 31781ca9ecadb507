"""How the shop makes its sessions."""

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import sessionmaker

SessionLocal = sessionmaker(future=True)
AsyncSessionLocal = sessionmaker(class_=AsyncSession)
