"""The view makes a dict of each row, and a page of a statement; the template reads on from both."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from shop_flask.models import Comment, Post, db

env = Environment(loader=FileSystemLoader([Path(__file__).parent / "templates"]))


def overview(session):
    entries = [
        {"number": number, "post": post}
        for number, post in enumerate(
            session.execute(
                select(Post).options(selectinload(Post.labels)).order_by(Post.id)
            ).scalars()
        )
    ]
    comments = db.paginate(
        db.select(Comment).options(selectinload(Comment.author)).order_by(Comment.id),
        page=1,
        per_page=1000,
        max_per_page=1000,
    )
    return env.get_template("overview.html").render(entries=entries, comments=comments)
