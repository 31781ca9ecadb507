"""The session is closed before the loop, and the rows are in none."""

from sqlalchemy import Column, ForeignKey, Integer, String, func
from sqlalchemy.orm import Session, declarative_base, relationship
from sqlalchemy.orm.exc import DetachedInstanceError

TRAP = {
    "codemod": 14,
    "title": "a dynamic relationship of a detached row does not ask; a query does",
    "verdict": "review",
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
    blogs = session.query(Blog).order_by(Blog.id).all()
    session.close()
    try:
        return [(blog.id, blog.posts.count()) for blog in blogs]
    except DetachedInstanceError:
        return None


def naive(session: Session):
    blogs = session.query(Blog).order_by(Blog.id).all()
    session.close()
    counts = dict(session.query(Post.blog_id, func.count()).group_by(Post.blog_id).all())
    return [(blog.id, counts.get(blog.id, 0)) for blog in blogs]


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
