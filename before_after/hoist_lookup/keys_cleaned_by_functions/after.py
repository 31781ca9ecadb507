"""Names as people write them, which functions clean before they are looked up."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy.orm import Session

from shop.models import Supplier, Tag

_BLANKS = re.compile(r"\s+")


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def clean(text: str) -> str:
    """Without the blanks that nobody sees."""
    text = _BLANKS.sub(" ", text)
    return text.strip()


def tag_name(text: str) -> str:
    if not text:
        return "none"
    return clean(text).lower()


def supplier_ids(session: Session, written: list[str]) -> dict[str, int | None]:
    found = {}
    suppliers: dict[str, Supplier] = {}
    for names in _chunks(clean(shop) for shop in sorted(written)):
        for row in session.query(Supplier).filter(Supplier.name.in_(names)):
            suppliers[row.name] = row
    for shop in sorted(written):
        supplier = suppliers.get(clean(shop))
        found[shop] = supplier.id if supplier else None
    return found


class Tags:
    def __init__(self, session: Session) -> None:
        self.session = session

    @staticmethod
    def _key(text: str) -> str:
        return text.removeprefix("#").strip()

    def uses(self, hashtags: list[str]) -> dict[str, int]:
        uses = {}
        tags: dict[str, Tag] = {}
        for names in _chunks(self._key(name) for name in hashtags):
            for row in self.session.query(Tag).filter(Tag.name.in_(names)):
                tags[row.name] = row
        for name in hashtags:
            key = self._key(name)
            tag = tags.get(key)
            if tag is not None:
                uses[tag.name] = tag.uses
        return uses

    def known(self, asked: list[str]) -> list[bool]:
        known_names: set[str] = set()
        for names in _chunks(tag_name(word) for word in asked):
            known_names.update(
                name
                for (name,) in self.session.query(Tag.name).filter(Tag.name.in_(names)).distinct()
            )
        return [tag_name(word) in known_names for word in asked]
