"""The relationship is declared with an order, which its queries have."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import Session, declarative_base, relationship

TRAP = {
    "codemod": 14,
    "title": "order_by of a dynamic relationship: blog.posts.all() comes in it",
    "verdict": "care",
    "differs": "result",
}

Base = declarative_base()


class Blog(Base):
    __tablename__ = "blog"
    id = Column(Integer, primary_key=True)
    posts = relationship("Post", lazy="dynamic", order_by="[Post.title, Post.id]")


class Post(Base):
    __tablename__ = "post"
    id = Column(Integer, primary_key=True)
    blog_id = Column(ForeignKey("blog.id"))
    title = Column(String(50))


def seed(session):
    session.add_all(Blog(id=i) for i in range(1, 5))
    session.flush()
    for i in range(1, 8):
        session.add(Post(id=i, blog_id=(None, 3, 1, 2)[i % 4], title="p%d" % (10 - i)))


inputs = [()]


def before(session: Session):
    blogs = session.query(Blog).order_by(Blog.id).all()
    return [[post.title for post in blog.posts.all()] for blog in blogs]


def naive(session: Session):
    blogs = session.query(Blog).order_by(Blog.id).all()
    posts = {}
    for post in session.query(Post).order_by(Post.id):
        posts.setdefault(post.blog_id, []).append(post.title)
    return [posts.get(blog.id, []) for blog in blogs]


def correct(session: Session):
    blogs = session.query(Blog).order_by(Blog.id).all()
    posts = {}
    query = session.query(Post).filter(Post.blog_id.in_([blog.id for blog in blogs]))
    for post in query.order_by(Post.title, Post.id):
        posts.setdefault(post.blog_id, []).append(post.title)
    return [posts.get(blog.id, []) for blog in blogs]


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
