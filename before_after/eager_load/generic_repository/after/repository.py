"""One repository for every table."""


class Repository:
    def __init__(self, session, model):
        self.session = session
        self.model = model

    def all(self, *, options=()):
        """Every row, in the order of the keys."""
        return self.session.query(self.model).options(*options).order_by(self.model.id).all()
