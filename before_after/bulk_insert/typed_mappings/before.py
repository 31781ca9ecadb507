"""A list of one row is handed to bulk_insert_mappings() for each row."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from shop_typed.models import Tag


class Importer:
    def __init__(self, session: Session) -> None:
        self.session = session

    def run(self, names: Sequence[str]) -> int:
        for name in names:
            self.session.bulk_insert_mappings(Tag, [{"name": name}])
        return len(names)
