"""What a caller hands over may be a generator that writes, between two equal queries."""

from sqlalchemy.orm import Session

from shop.models import Tag


def counted(session: Session, uses: int, items) -> tuple[int, int]:
    tags = session.query(Tag).filter(Tag.uses > uses).all()
    names = [tag.name for tag in tags]
    seen = 0
    for _ in items:
        seen += 1
    number = session.query(Tag).filter(Tag.uses > uses).count()  # review: merge-queries (same-answer)
    return seen + len(names), number
