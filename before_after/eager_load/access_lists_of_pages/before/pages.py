"""Pages, and who may read them."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Page(Base):
    __tablename__ = "pages"

    id = Column(Integer, primary_key=True)
    title = Column(String(80), nullable=False)
    grants = relationship("Grant", order_by="Grant.id")

    def __acl__(self):
        """What Pyramid asks for, with the rows of a relationship."""
        return [("Allow", grant.login, grant.action) for grant in self.grants]


class Grant(Base):
    __tablename__ = "grants"

    id = Column(Integer, primary_key=True)
    page_id = Column(ForeignKey("pages.id"), nullable=False)
    login = Column(String(20), nullable=False)
    action = Column(String(20), nullable=False)
