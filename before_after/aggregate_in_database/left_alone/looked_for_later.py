"""What a commit expires is loaded again by the query."""

from shop.models import Tag


def uses(session, tag_id):
    tag = session.get(Tag, tag_id)
    tag.name = "new"
    session.commit()
    total = sum(t.uses for t in session.query(Tag))  # review: aggregate-in-database (not-needed-later)
    return total, tag.name
