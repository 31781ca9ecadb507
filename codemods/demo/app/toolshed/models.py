"""What the tool library knows: shelves, tools, members, loans and fines."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Category(Base):
    __tablename__ = "categories"

    id = Column(Integer, primary_key=True)
    name = Column(String(60), nullable=False)


class Shelf(Base):
    __tablename__ = "shelves"

    id = Column(Integer, primary_key=True)
    label = Column(String(20), nullable=False)


class Tool(Base):
    __tablename__ = "tools"

    id = Column(Integer, primary_key=True)
    code = Column(String(20), nullable=False, unique=True)
    name = Column(String(80), nullable=False)
    price_cents = Column(Integer, nullable=False)
    category_id = Column(ForeignKey("categories.id"), nullable=False)
    shelf_id = Column(ForeignKey("shelves.id"), nullable=False)
    retired = Column(Boolean, nullable=False, default=False)

    category = relationship("Category")


class Member(Base):
    __tablename__ = "members"

    id = Column(Integer, primary_key=True)
    name = Column(String(80), nullable=False)

    loans = relationship("Loan", back_populates="member", order_by="Loan.id")


class Loan(Base):
    __tablename__ = "loans"

    id = Column(Integer, primary_key=True)
    tool_id = Column(ForeignKey("tools.id"), nullable=False)
    member_id = Column(ForeignKey("members.id"), nullable=False)
    due_on = Column(Date, nullable=False)
    returned_on = Column(Date)

    tool = relationship("Tool")
    member = relationship("Member", back_populates="loans")
    fines = relationship("Fine", order_by="Fine.id")


class Fine(Base):
    __tablename__ = "fines"

    id = Column(Integer, primary_key=True)
    loan_id = Column(ForeignKey("loans.id"), nullable=False)
    cents = Column(Integer, nullable=False)


class Usage(Base):
    __tablename__ = "usage"

    id = Column(Integer, primary_key=True)
    tool_id = Column(ForeignKey("tools.id"), nullable=False, unique=True)
    checked_on = Column(Date, nullable=False)
    price_cents = Column(Integer, nullable=False)
