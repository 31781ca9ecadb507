"""A task that is done leaves the collection of the open ones, which is loaded for each project."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Project(Base):
    __tablename__ = "projects"

    id = Column(Integer, primary_key=True)
    open_tasks = relationship(
        "Task",
        primaryjoin="and_(Project.id == Task.project_id, Task.state == 'open')",
        order_by="Task.id",
        viewonly=True,
    )


class Task(Base):
    __tablename__ = "tasks"

    id = Column(Integer, primary_key=True)
    project_id = Column(ForeignKey("projects.id"), nullable=False)
    state = Column(String(10), nullable=False)


def close(session):
    for project in session.query(Project).order_by(Project.id).all():
        for task in project.open_tasks:  # review: eager-load (nothing-written)
            task.state = "done"
