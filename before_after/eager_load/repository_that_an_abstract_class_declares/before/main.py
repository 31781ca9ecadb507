"""The method that gets the options is declared by an abstract class, which says so, too."""

from repository import Repository
from sqlalchemy.orm import Session

from shop.models import Review, Tag


class ReviewRepository(Repository[Review]):
    def __init__(self, session: Session) -> None:
        super().__init__(Review, session)


class TagRepository(Repository[Tag]):
    def __init__(self, session: Session) -> None:
        super().__init__(Tag, session)


def rated(session: Session) -> list[tuple[str, int]]:
    return [(review.product.sku, review.rating) for review in ReviewRepository(session).listed()]


def tag_names(session: Session) -> list[str]:
    return [tag.name for tag in TagRepository(session).listed()]
