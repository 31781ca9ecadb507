"""A repository that counts what any criteria find."""

from sqlalchemy import func, select


class Repository:
    def __init__(self, model, session):
        self.model = model
        self.session = session

    def count(self, **criteria):
        statement = select(func.count()).select_from(self.model).filter_by(**criteria)
        return self.session.scalar(statement) or 0

    def exists(self, **criteria):
        return self.count(**criteria) > 0

    def has(self, **criteria):
        return self.session.query(self.model).filter_by(**criteria).first() is not None
