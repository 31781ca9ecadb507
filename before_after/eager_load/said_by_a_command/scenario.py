import io
from contextlib import redirect_stdout

from shop_flask.models import Post

MODELS = "shop_flask"


def scenario(module, session):
    with redirect_stdout(io.StringIO()) as said:
        module.titles()
    return said.getvalue().splitlines()


def sizes(session):
    keys = session.query(Post.author_id).filter(Post.author_id.isnot(None)).distinct().count()
    return {"posts": session.query(Post).count(), "authors": keys}
