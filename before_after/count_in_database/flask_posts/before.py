"""Flask-SQLAlchemy: `Model.query` and keywords."""

from shop_flask.models import Author, Comment, Post, db


def dashboard(author_id):
    return {
        "posts": len(Post.query.filter_by(author_id=author_id, published=True).all()),
        "comments": len(db.session.query(Comment).filter(Comment.text != "").all()),
        "writers": len(Author.query.join(Author.posts).filter(Post.score > 1).all()),
    }
