"""Every tag is used once more; one that the session holds is asked for its count."""

from shop.models import Tag


def count_up(session, name):
    first = session.query(Tag).filter_by(name=name).first()
    session.query(Tag).filter(Tag.name.like("%a%")).filter_by(uses=0).update(
        {Tag.uses: Tag.uses + 1}, synchronize_session="fetch"
    )
    return first.uses if first else None
