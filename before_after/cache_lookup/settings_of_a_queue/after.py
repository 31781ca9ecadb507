"""Messages of a queue are answered by what the table of settings has for their kind."""

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Setting(Base):
    __tablename__ = "settings"

    id = Column(Integer, primary_key=True)
    name = Column(String(40), nullable=False, unique=True)
    value = Column(String(40))


class Settings:
    """What an administrator has set, or the default."""

    def __init__(self, session, default="mail"):
        self.session = session
        self.default = default

    def get_value(self, name):
        setting = self.session.query(Setting).filter(Setting.name == name).first()
        if setting is None:
            setting = self.session.query(Setting).filter(Setting.name == "fallback").first()
        if setting is None:
            return self.default
        return setting.value


def answer(session, queue):
    settings = Settings(session)
    answers = []
    known_values = {}
    while queue:
        message = queue.pop(0)
        if message.get("silent"):
            continue
        kind = message["kind"]
        key = f"channel.{kind.lower()}"
        if key not in known_values:
            known_values[key] = settings.get_value(key)
        answers.append((message["id"], known_values[key]))
    return answers
