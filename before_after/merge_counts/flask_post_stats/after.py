"""Flask-SQLAlchemy's `Model.query` and `filter_by()`, with NULL in a Boolean column."""

from sqlalchemy import case, func

from shop_flask.models import Post


class Stats:
    pass


def post_stats(author_id):
    stats = Stats()
    posts = Post.query.filter_by(author_id=author_id)
    published_count, drafts_count, undecided_count = posts.with_entities(
        func.count(case((Post.published, 1))),
        func.count(case((~Post.published, 1))),
        func.count(case((Post.published.is_(None), 1))),
    ).one()
    stats.published = published_count
    stats.drafts = drafts_count
    stats.undecided = undecided_count
    return stats


def totals():
    scored, popular = (
        Post.query.with_entities(
            func.count(case((Post.score > 3, 1))),
            func.count(case((Post.score == 6, 1))),
        )
        .filter(Post.title != "Post 1")
        .one()
    )
    return scored, popular
