from shop_flask.models import Post

MODELS = "shop_flask"
MINIMUM = 1


def scenario(module, session):
    return module.ranks(MINIMUM)


def sizes(session):
    scores = [
        post.score
        for post in session.query(Post).filter(Post.published.is_(True))
        if post.score is not None and post.score >= MINIMUM
    ]
    return {"posts": len(scores), "distinct_scores": len(set(scores))}
