"""The views fill a dict step by step, and a function of the project renders the template with it."""

from sqlalchemy.orm import selectinload

from pages import render

from shop_flask.models import Comment, Post


def overview(session, title, newest=False):
    context = {"title": title}
    context["posts"] = (
        session.query(Post).options(selectinload(Post.author)).order_by(Post.id).all()
    )
    if newest:
        context["newest"] = True
    return render("overview.html", context)


def discussion(session, title):
    context = {"title": title}
    comments = session.query(Comment).order_by(Comment.id)
    context.update(
        comments=comments.options(selectinload(Comment.author)).all(), count=comments.count()
    )
    return render("discussion.html", context)
