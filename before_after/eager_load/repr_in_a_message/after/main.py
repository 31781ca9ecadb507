"""A message shows each row; its `__repr__` shows the row that it belongs to."""

from sqlalchemy.orm import selectinload

from geography import Base, City, Country

__all__ = ["Atlas", "Base", "City", "Country"]


class Atlas:
    def __init__(self, session):
        self.session = session

    def cities(self):
        return self.session.query(City).options(selectinload(City.country)).order_by(City.id).all()

    def messages(self):
        found = []
        for number, city in enumerate(self.cities(), start=1):
            found.append(f"{number}. {city}")
        return found
