"""How often tags are used is counted by a repository in another file, which adds those it misses."""

from collections import Counter

from sqlalchemy.orm import Session

from tag_repository import TagRepository


class Statistics:
    def __init__(self, session: Session) -> None:
        self.tags = TagRepository(session)
        self.session = session

    def record(self, names: list[str]) -> int:
        uses = Counter(names)
        tags = self.tags.tags_by_name(uses)
        for name, times in uses.items():
            self.tags.count_use(name, times, tags=tags)
        self.session.commit()
        return len(uses)

    def record_one(self, name: str) -> None:
        self.tags.count_use(name)
        self.session.commit()
