"""A command says a line for each post."""

import click

from shop_flask.models import Post


def titles():
    for post in Post.query.order_by(Post.id):
        author = post.author.login if post.author else "nobody"
        click.echo("%s by %s" % (post.title, author))
