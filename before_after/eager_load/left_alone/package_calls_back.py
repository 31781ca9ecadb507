"""A package is handed functions of the project, which have the session that all share."""

import os
import re
import tarfile

from shop_flask.models import Post, db

BLANKS = re.compile(r"\s+")


def forget(problem):
    db.session.expire_all()


def folders():
    found = []
    for post in Post.query.order_by(Post.id).all():
        os.walk(post.title, onerror=forget)
        found.append(post.author.login)  # review: eager-load (calls-known)
    return found


def titles():
    called = re.compile("a|b")
    found = []
    for post in Post.query.order_by(Post.id).all():
        called.sub(forget, post.title)
        found.append(post.author.login)  # review: eager-load (calls-known)
    return found


def words():
    found = []
    for post in Post.query.order_by(Post.id).all():
        BLANKS.sub(forget, post.title)
        found.append(post.author.login)  # review: eager-load (calls-known)
    return found


def archives():
    archive = tarfile.open("posts.tar")
    archive.extraction_filter = forget
    found = []
    for post in Post.query.order_by(Post.id).all():
        archive.extract(post.title)
        found.append(post.author.login)  # review: eager-load (calls-known)
    return found
