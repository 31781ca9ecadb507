class Repository:
    def __init__(self, session, model):
        self.session = session
        self.model = model

    def find(self, **criteria):
        """The first row with these values."""
        query = self.session.query(self.model).filter_by(**criteria).order_by(self.model.id)
        row = query.first()
        return row

    def count(self, **criteria) -> int:
        number = self.session.query(self.model).filter_by(**criteria).count()
        return number or 0

    def exists(self, **criteria) -> bool:
        number = self.session.query(self.model).filter_by(**criteria).count()
        return number > 0
