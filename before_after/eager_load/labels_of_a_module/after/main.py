"""Labels come from dicts and texts of a module, which no session hears of."""

from sqlalchemy.orm import selectinload

from labels import KINDS, ROLES

from shop_flask.models import Comment


def captions(kind, separator):
    shown = kind.rsplit(separator, 1)[-1]
    return {
        f"{KINDS.get(kind, 'Guest')} {comment.id}": (
            comment.author.login if comment.author else shown,
            [told for role, told in ROLES if role in comment.text],
        )
        for comment in Comment.query.options(selectinload(Comment.author)).order_by(Comment.id)
    }
