"""The loop adds posts to the blog whose posts it counts."""

from sqlalchemy import Column, ForeignKey, Integer, String, func
from sqlalchemy.orm import Session, declarative_base, relationship

TRAP = {
    "codemod": 14,
    "title": "blog.posts.append(…) before blog.posts.count(): the query flushes and counts it",
    "verdict": "refuse",
    "differs": "result",
}

Base = declarative_base()


class Blog(Base):
    __tablename__ = "blog"
    id = Column(Integer, primary_key=True)
    posts = relationship("Post", lazy="dynamic")


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
    found = []
    for blog in session.query(Blog).order_by(Blog.id).all():
        blog.posts.append(Post(id=100 + blog.id, title="new"))
        found.append((blog.id, blog.posts.count()))
    return found


def naive(session: Session):
    counts = dict(session.query(Post.blog_id, func.count()).group_by(Post.blog_id).all())
    found = []
    for blog in session.query(Blog).order_by(Blog.id).all():
        blog.posts.append(Post(id=100 + blog.id, title="new"))
        found.append((blog.id, counts.get(blog.id, 0)))
    return found


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
