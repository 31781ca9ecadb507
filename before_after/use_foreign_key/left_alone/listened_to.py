"""Something runs for each related row that is loaded."""

from sqlalchemy import Column, ForeignKey, Integer, String, event
from sqlalchemy.orm import declarative_base, reconstructor, relationship

Base = declarative_base()
loaded = []


class Team(Base):
    __tablename__ = "teams"

    id = Column(Integer, primary_key=True)

    @reconstructor
    def started(self):
        loaded.append(self.id)


class Club(Base):
    __tablename__ = "clubs"

    id = Column(Integer, primary_key=True)
    name = Column(String(20))


@event.listens_for(Club, "load")
def on_load(club, context):
    loaded.append(club.name)


class Task(Base):
    __tablename__ = "tasks"

    id = Column(Integer, primary_key=True)
    team_id = Column(ForeignKey("teams.id"), nullable=False)
    club_id = Column(ForeignKey("clubs.id"), nullable=False)

    team = relationship("Team")
    club = relationship("Club")


def teams(session):
    return [task.team.id for task in session.query(Task) if task.club_id > 1]  # found: use-foreign-key (loading-unheard)


def clubs(session):
    return [task.club.id for task in session.query(Task)]  # review: use-foreign-key (loading-unheard)
