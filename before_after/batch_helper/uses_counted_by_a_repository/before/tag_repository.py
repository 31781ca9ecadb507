from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Tag


class TagRepository:
    def __init__(self, session: Session) -> None:
        self.session = session

    def count_use(self, name: str, times: int = 1) -> None:
        """Count that a tag was used, which is added if there is none of this name."""
        tag = self.session.scalars(select(Tag).where(Tag.name == name)).first()
        if tag:
            tag.uses += times
        else:
            tag = Tag(name=name, uses=times)
            self.session.add(tag)
