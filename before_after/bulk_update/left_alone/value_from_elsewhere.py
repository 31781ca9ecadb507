"""Who goes on with the generator sends a value for each row."""

from shop.models import Tag


def renamed(session):
    for tag in session.query(Tag).filter(Tag.uses > 3):
        tag.name = yield


def renamed_by(session, names):
    for tag in session.query(Tag).filter(Tag.uses > 3):
        tag.name = yield from names


async def renamed_when_there(session, name):
    for tag in session.query(Tag).filter(Tag.uses > 3):
        tag.name = await name
