"""Labels of shelves."""

from models import Base
from sqlalchemy import Column, ForeignKey, Integer, String


class Label(Base):
    __tablename__ = "labels"

    id = Column(Integer, primary_key=True)
    shelf_id = Column(ForeignKey("shelves.id"), nullable=False)
    text = Column(String(20), nullable=False)
