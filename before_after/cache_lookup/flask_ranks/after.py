"""The rank of each post is one more than the number of better ones, and posts with one score share it."""

from shop_flask.models import Post


def ranks(minimum):
    ranked = []
    known_betters = {}
    for post in Post.query.filter(Post.published.is_(True)).order_by(Post.id).all():
        if post.score is None or post.score < minimum:
            continue
        if post.score not in known_betters:
            known_betters[post.score] = Post.query.filter(Post.score > post.score).count()
        better = known_betters[post.score]
        ranked.append((post.id, better + 1))
    return ranked
