"""The keys of the best posts are fetched for their comments."""

from shop_flask.models import Comment, Post, db


def comments():
    best = [key for (key,) in db.session.query(Post.id).order_by(Post.score.desc(), Post.id).limit(3)]
    return [
        comment.text
        for comment in db.session.query(Comment)
        .filter(Comment.post_id.in_(best))
        .order_by(Comment.id)
    ]


def commented(login):
    rows = db.session.query(Comment.post_id).filter(Comment.text != login).all()
    post_ids = [row.post_id for row in rows]
    return db.session.query(Post.id).filter(Post.id.in_(post_ids)).count()
