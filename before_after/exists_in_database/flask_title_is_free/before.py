"""Flask-SQLAlchemy: `Model.query`, in a file that has no `db` yet."""

from shop_flask.models import Comment, Post


def title_is_free(title):
    taken = Post.query.filter_by(title=title).all()
    return not taken


def status(author_id):
    if Post.query.filter(Post.author_id == author_id, Post.published.is_(True)).count():
        return "published"
    drafts = Post.query.filter(Post.author_id == author_id).order_by(Post.title).all()
    return "drafts" if len(drafts) > 0 else "nothing"


def has_comments():
    comments = Comment.query.all()
    return bool(comments)
