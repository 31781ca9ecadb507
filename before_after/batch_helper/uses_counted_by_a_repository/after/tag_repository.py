from collections.abc import Iterable, Iterator
from typing import Any, Optional

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Tag


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class TagRepository:
    def __init__(self, session: Session) -> None:
        self.session = session

    def tags_by_name(self, names: Iterable[str]) -> dict[str, Tag]:
        """Fetch what count_use() looks up for all of these names."""
        tags: dict[str, Tag] = {}
        for chunk in _chunks(names):
            for tag in self.session.scalars(select(Tag).where(Tag.name.in_(chunk))):
                tags[tag.name] = tag
        return tags

    def count_use(
        self, name: str, times: int = 1, *, tags: Optional[dict[str, Tag]] = None
    ) -> None:
        """Count that a tag was used, which is added if there is none of this name."""
        if tags is None:
            tags = self.tags_by_name([name])
        tag = tags.get(name)
        if tag:
            tag.uses += times
        else:
            tag = Tag(name=name, uses=times)
            self.session.add(tag)
            tags[name] = tag
