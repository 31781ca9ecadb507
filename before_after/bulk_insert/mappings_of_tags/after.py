"""Tags come as dicts, which the loop completes and inserts one by one, a class's table or the class."""

from sqlalchemy import insert

from shop.models import Supplier, Tag


class Import:
    def __init__(self, session):
        self.session = session

    def tags(self, entries):
        row = {}
        new_tags = []
        for entry in entries:
            row["name"], row["uses"] = entry["name"].strip(), len(entry)
            # as the file has it
            new_tags.append(dict(row))
        if new_tags:
            self.session.execute(insert(Tag), new_tags)

    def suppliers(self, entries):
        new_suppliers = []
        for entry in entries:
            new_suppliers.append(dict(entry))
        if new_suppliers:
            self.session.execute(insert(Supplier.__table__), new_suppliers)
