from shop_flask.models import db


def find(model, ident):
    return db.session.get(model, ident)


def find_by(model, **criteria):
    return db.session.execute(db.select(model).filter_by(**criteria)).scalar_one_or_none()
