"""Tags come as dicts, which the loop completes and inserts one by one, a class's table or the class."""

from sqlalchemy import insert

from shop.models import Supplier, Tag


class Import:
    def __init__(self, session):
        self.session = session

    def tags(self, entries):
        row = {}
        for entry in entries:
            row["name"], row["uses"] = entry["name"].strip(), len(entry)
            # as the file has it
            self.session.execute(insert(Tag).values(**row))

    def suppliers(self, entries):
        for entry in entries:
            self.session.execute(insert(Supplier.__table__), entry)
