from shop_flask.models import Label, Post

MODELS = "shop_flask"


def scenario(module, session):
    names = [name for (name,) in session.query(Label.name).order_by(Label.id)]
    return (
        module.authors_of(session.query(Post).order_by(Post.id).all()),
        module.numbers_of([*names, *names[:2], "none"]),
    )


def statements(sizes):
    posts, labels = sizes["posts"], sizes["labels"]
    return 2 + posts + labels + min(labels, 2) + 1, 2 + bool(posts) + 1


def sizes(session):
    return {"posts": session.query(Post).count(), "labels": session.query(Label).count()}
