"""Flask-SQLAlchemy: `Model.query`, in a file that has no `db` yet."""

from shop_flask.models import Comment, Post, db


def title_is_free(title):
    return not db.session.query(Post.query.filter_by(title=title).exists()).scalar()


def status(author_id):
    if db.session.query(
        Post.query.filter(Post.author_id == author_id, Post.published.is_(True)).exists()
    ).scalar():
        return "published"
    has_drafts = db.session.query(Post.query.filter(Post.author_id == author_id).exists()).scalar()
    return "drafts" if has_drafts else "nothing"


def has_comments():
    return db.session.query(Comment.query.exists()).scalar()
