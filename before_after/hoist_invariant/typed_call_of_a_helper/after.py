"""Helpers that say what they give are asked for the same with each number."""

from sqlalchemy.orm import Session

from shop_typed.models import OrderLine, Tag


def name_of(session: Session, tag_id: int) -> str:
    tag = session.query(Tag).filter(Tag.id == tag_id).first()
    return tag.name if tag is not None else "unknown"


def count_lines(session: Session, quantity: int) -> int:
    return session.query(OrderLine).filter(OrderLine.quantity >= quantity).count()


def labels(session: Session, tag_id: int, numbers: list[str]) -> list[str]:
    found: list[str] = []
    if numbers:
        name = name_of(session, tag_id)
    for number in numbers:
        found.append(number + " " + name)
    return found


def shares(session: Session, amounts: list[int], quantity: int = 2) -> list[float]:
    found: list[float] = []
    line_count = count_lines(session, quantity) if amounts else 0
    for amount in amounts:
        found.append(amount / (1 + line_count))
    return found
