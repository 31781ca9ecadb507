"""Flask-SQLAlchemy: `Model.query`, and a Boolean that may be NULL."""

from sqlalchemy import func, or_

from shop_flask.models import Post, db


def scores(author_id):
    posts = Post.query.filter_by(author_id=author_id)
    return {
        "score": posts.with_entities(func.coalesce(func.sum(Post.score), 0)).scalar(),
        "best": Post.query.filter(Post.score.isnot(None))
        .filter(Post.score != 0)
        .with_entities(func.coalesce(func.max(Post.score), 0))
        .scalar(),
        "open": db.session.query(
            Post.query.filter(or_(Post.published.is_(None), Post.published.is_(False))).exists()
        ).scalar(),
        "done": not db.session.query(
            Post.query.filter(Post.score > 2)
            .filter(or_(Post.published.is_(None), Post.published.is_(False)))
            .exists()
        ).scalar(),
    }
