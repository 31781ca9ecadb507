"""One object for each table knows how its rows are found."""

from shop.models import OrderLine, Tag


class Crud:
    def __init__(self, model):
        self.model = model

    def find(self, db, *, options=(), **wanted):
        """The rows that have these values."""
        query = db.query(self.model).options(*options)
        for name, value in wanted.items():
            query = query.filter(getattr(self.model, name) == value)
        return query.order_by(self.model.id).all()


lines = Crud(OrderLine)
tags = Crud(Tag)
