"""An object need not have what its class only annotates: a key that is missing would raise early."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from shop.models import Tag


class Loose:
    name: str


@dataclass
class Late:
    name: str = field(init=False)


@dataclass(init=False)
class Made:
    name: str

    def __init__(self, **values: str) -> None:
        self.__dict__.update(values)


@dataclass
class Line:
    name: str


def loose(session: Session, lines: list[Loose]) -> None:
    for line in lines:
        tag = session.query(Tag).filter(Tag.name == line.name).first()  # review: hoist-lookup (keys-known-before)
        if tag is not None:
            tag.uses = 1
    session.commit()


def late(session: Session, lines: list[Late]) -> None:
    for line in lines:
        tag = session.query(Tag).filter(Tag.name == line.name).first()  # review: hoist-lookup (keys-known-before)
        if tag is not None:
            tag.uses = 1
    session.commit()


def made(session: Session, lines: list[Made]) -> None:
    for line in lines:
        tag = session.query(Tag).filter(Tag.name == line.name).first()  # review: hoist-lookup (keys-known-before)
        if tag is not None:
            tag.uses = 1
    session.commit()


def other(session: Session, lines: list[Line], spare: Loose) -> None:
    """The name stands for another object where it is read."""
    for line in lines:
        line = spare
        tag = session.query(Tag).filter(Tag.name == line.name).first()  # review: hoist-lookup (keys-known-before)
        if tag is not None:
            tag.uses = 1
    session.commit()
