"""A repository that asks for rows of any model gets the option from the one who reads."""

from repository import Repository

from shop.models import Review, Tag


def rated(session):
    reviews = Repository(session, Review)
    return [(review.product.sku, review.rating) for review in reviews.all()]


def tag_names(session):
    return [tag.name for tag in Repository(session, Tag).all()]
