"""A command says a line for each post."""

import click
from sqlalchemy.orm import selectinload

from shop_flask.models import Post


def titles():
    for post in Post.query.options(selectinload(Post.author)).order_by(Post.id):
        author = post.author.login if post.author else "nobody"
        click.echo("%s by %s" % (post.title, author))
