"""A function between the loop and the query hands in options of its own, and takes none."""

from sqlalchemy.orm import undefer_group

from shop.models import Review, Tag


def listed(session, model, options=()):
    return session.query(model).options(*options).order_by(model.id).all()


def whole(session, model):
    return listed(session, model, options=[undefer_group("long")])


def skus(session):
    return [review.product.sku for review in whole(session, Review)]  # found: eager-load


def tag_names(session):
    return [tag.name for tag in whole(session, Tag)]
