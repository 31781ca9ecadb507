"""What is sent with parameters, or to another database, is not one statement with the rest."""

from sqlalchemy import bindparam, func, select

from shop.models import Tag


def parameters(session):
    often = select(func.count(Tag.id)).where(Tag.uses > bindparam("limit"))
    few = select(func.count(Tag.id)).where(Tag.uses > bindparam("limit"))
    total = session.scalar(often, {"limit": 10})
    used = session.scalar(few, {"limit": 2})
    return total, used


def another_database(session, replica):
    total = session.scalar(
        select(func.count(Tag.id)).where(Tag.uses > 10), bind_arguments={"bind": replica}
    )
    used = session.scalar(select(func.count(Tag.id)).where(Tag.uses > 2))
    return total, used
