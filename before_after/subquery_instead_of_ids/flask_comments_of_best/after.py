"""The keys of the best posts are fetched for their comments."""

from shop_flask.models import Comment, Post, db


def comments():
    return [
        comment.text
        for comment in db.session.query(Comment)
        .filter(
            Comment.post_id.in_(
                db.session.query(Post.id).order_by(Post.score.desc(), Post.id).limit(3)
            )
        )
        .order_by(Comment.id)
    ]


def commented(login):
    return (
        db.session.query(Post.id)
        .filter(Post.id.in_(db.session.query(Comment.post_id).filter(Comment.text != login)))
        .count()
    )
