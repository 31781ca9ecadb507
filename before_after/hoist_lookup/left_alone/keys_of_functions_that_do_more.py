"""What makes the key does more than that: to call it once more, or earlier, would show."""

import random

from sqlalchemy.orm import Session

from shop.models import Supplier, Tag

SEEN: list[str] = []
PREFIX = "a"


def noted(text: str) -> str:
    SEEN.append(text)
    return text.strip()


def prefixed(text: str) -> str:
    return PREFIX + text


def shuffled(text: str) -> str:
    return text + str(random.random())


def remembered(text: str, seen: dict = {}) -> str:
    if text in seen:
        return seen[text]
    return text


def asked(client) -> str:
    return client.get("name")


def first_of(items) -> str:
    return min(items)


class Names:
    count = 0

    def numbered(self, text: str) -> str:
        self.count += 1
        return text + str(self.count)

    def ids(self, session: Session, names: list[str]) -> list[int]:
        found = []
        for name in names:
            key = self.numbered(name)
            tag = session.query(Tag).filter_by(name=key).one()  # review: hoist-lookup (keys-known-before)
            found.append(tag.id)
        return found


def notes(session: Session, names: list[str]) -> list[int]:
    return [
        session.query(Supplier).filter_by(name=noted(name)).one().id  # review: hoist-lookup (keys-known-before)
        for name in names
    ]


def prefixes(session: Session, names: list[str]) -> list[int]:
    return [
        session.query(Supplier).filter_by(name=prefixed(name)).one().id  # review: hoist-lookup (keys-known-before)
        for name in names
    ]


def shuffles(session: Session, names: list[str]) -> list[int]:
    return [
        session.query(Supplier).filter_by(name=shuffled(name)).one().id  # review: hoist-lookup (keys-known-before)
        for name in names
    ]


def rest(session: Session, names: list[str]) -> list[int]:
    return [
        session.query(Supplier).filter_by(name=remembered(name)).one().id  # review: hoist-lookup (keys-known-before)
        for name in names
    ]


def clients(session: Session, clients: list) -> list[int]:
    return [
        session.query(Supplier).filter_by(name=asked(client)).one().id  # review: hoist-lookup (keys-known-before)
        for client in clients
    ]


def lines(session: Session, lines: list) -> list[int]:
    return [
        session.query(Supplier).filter_by(name=first_of(line)).one().id  # review: hoist-lookup (keys-known-before)
        for line in lines
    ]


def change(name: str) -> None:
    global PREFIX
    PREFIX = name
