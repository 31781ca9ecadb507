"""The foreign key may hold the key of an employee who is no manager, for whom there is None."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Employee(Base):
    __tablename__ = "employees"
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "employee"}

    id = Column(Integer, primary_key=True)
    kind = Column(String(20), nullable=False)


class Manager(Employee):
    __mapper_args__ = {"polymorphic_identity": "manager"}


class Task(Base):
    __tablename__ = "tasks"

    id = Column(Integer, primary_key=True)
    manager_id = Column(ForeignKey("employees.id"), nullable=False)
    urgent = Column(Boolean, nullable=False)

    manager = relationship("Manager")


def managers(session):
    return [task.manager.id for task in session.query(Task) if task.urgent]  # review: use-foreign-key (never-null)
