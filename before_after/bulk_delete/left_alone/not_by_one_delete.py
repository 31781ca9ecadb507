"""Found without a fix: the session deletes or releases other rows with a row."""

from sqlalchemy import Column, ForeignKey, Integer, String, event
from sqlalchemy.orm import declarative_base, relationship

from shop.models import Customer, Payment, Product

Base = declarative_base()


class Folder(Base):
    __tablename__ = "folders"
    id = Column(Integer, primary_key=True)


class File(Base):
    __tablename__ = "files"
    id = Column(Integer, primary_key=True)
    folder_id = Column(ForeignKey("folders.id"))
    folder = relationship(Folder, cascade="all, delete")


class Page(Base):
    __tablename__ = "pages"
    id = Column(Integer, primary_key=True)
    version = Column(Integer, nullable=False)
    __mapper_args__ = {"version_id_col": version}


class Heard(Base):
    __tablename__ = "heard"
    id = Column(Integer, primary_key=True)
    name = Column(String(10))


@event.listens_for(Heard, "after_delete")
def count(mapper, connection, target):
    print(target.id)


def children(session):
    for customer in session.query(Customer):  # found: bulk-delete (no-cascades)
        session.delete(customer)


def rows_of_a_secondary(session):
    for product in session.query(Product).all():  # found: bulk-delete (no-cascades)
        session.delete(product)


def parents(session):
    for file in session.query(File).all():  # found: bulk-delete (no-cascades)
        session.delete(file)


def versions(session):
    for page in session.query(Page).all():  # found: bulk-delete (plain-class)
        session.delete(page)


def heard(session):
    for row in session.query(Heard).all():  # found: bulk-delete (no-events)
        session.delete(row)


def limited(session):
    query = session.query(Payment).limit(9)
    for payment in query:  # found: bulk-delete (plain-query)
        session.delete(payment)
