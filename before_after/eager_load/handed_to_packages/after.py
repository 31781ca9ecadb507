"""What packages make of rows: a table for the terminal, and a feed with a bar for its progress."""

import re
import xml.etree.ElementTree as ET
from collections import defaultdict

from rich.progress import track
from rich.table import Table
from sqlalchemy.orm import selectinload

from shop_flask.models import Post

BLANKS = re.compile(r"\s+")


def authors():
    table = Table("title", "author")
    for post in Post.query.options(selectinload(Post.author)).order_by(Post.id).all():
        table.add_row(post.title, post.author.login if post.author is not None else "")
    return list(table.columns[1].cells)


def feed():
    root = ET.Element("feed")
    for post in track(
        Post.query.options(selectinload(Post.author)).order_by(Post.id).all(),
        "Writing",
        disable=True,
    ):
        entry = ET.SubElement(root, "entry", title=post.title)
        entry.set("author", post.author.login if post.author is not None else "")
    return ET.tostring(root)


def by_author():
    found = defaultdict(lambda: defaultdict(list))
    for post in Post.query.options(selectinload(Post.author)).order_by(Post.id).all():
        login = post.author.login if post.author is not None else None
        found[login][BLANKS.sub("-", post.title)].append(post.id)
    return {login: dict(posts) for login, posts in found.items()}
