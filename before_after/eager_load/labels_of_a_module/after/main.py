"""Labels come from dicts and texts of a module, which no session hears of."""

from sqlalchemy.orm import selectinload

from labels import KINDS, ROLES

from shop_flask.models import Comment


def captions(kind, separator):
    found = []
    for comment in Comment.query.options(selectinload(Comment.author)).order_by(Comment.id).all():
        author = comment.author
        label = KINDS.get(kind, "Guest")
        told = [text for role, text in ROLES if author and role in author.login]
        shown = kind.rsplit(separator, 1)[-1]
        found.append(f"{author.login if author else shown}: {label}, {told}")
    return found
