"""Names as people write them, which functions clean before they are looked up."""

import re

from sqlalchemy.orm import Session

from shop.models import Supplier, Tag

_BLANKS = re.compile(r"\s+")


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
    for shop in sorted(written):
        supplier = session.query(Supplier).filter(Supplier.name == clean(shop)).first()
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
        for name in hashtags:
            key = self._key(name)
            tag = self.session.query(Tag).filter_by(name=key).one_or_none()
            if tag is not None:
                uses[tag.name] = tag.uses
        return uses

    def known(self, asked: list[str]) -> list[bool]:
        return [
            self.session.query(Tag).filter_by(name=tag_name(word)).first() is not None
            for word in asked
        ]
