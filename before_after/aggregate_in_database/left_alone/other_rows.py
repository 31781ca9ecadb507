"""LIMIT, DISTINCT and columns: the rows are not all those of one class."""

from shop.models import Tag


def of_the_first(session):
    return sum(tag.uses for tag in session.query(Tag).order_by(Tag.id).limit(3))


def of_columns(session):
    return sum(row.uses for row in session.query(Tag.uses, Tag.name).distinct())


def of_one_of_two(session, tags):
    return sum(tag.uses for tag in tags or session.query(Tag))


def with_a_start(session):
    return sum((tag.uses for tag in session.query(Tag)), 10)
