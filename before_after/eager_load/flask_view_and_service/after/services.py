from sqlalchemy import select
from sqlalchemy.orm import selectinload

from shop_flask.models import Comment, db


class CommentService:
    """Asks for comments."""

    @staticmethod
    def latest(count=1000):
        statement = (
            select(Comment)
            .options(selectinload(Comment.author))
            .order_by(Comment.id.desc())
            .limit(count)
        )
        return db.session.scalars(statement).all()
