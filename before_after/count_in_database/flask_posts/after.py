"""Flask-SQLAlchemy: `Model.query` and keywords."""

from sqlalchemy import distinct, func

from shop_flask.models import Author, Comment, Post, db


def dashboard(author_id):
    return {
        "posts": Post.query.filter_by(author_id=author_id, published=True).count(),
        "comments": db.session.query(Comment).filter(Comment.text != "").count(),
        "writers": Author.query.join(Author.posts)
        .filter(Post.score > 1)
        .with_entities(func.count(distinct(Author.id)))
        .scalar(),
    }
