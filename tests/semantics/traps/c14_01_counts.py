"""A blog without posts has none of them in a GROUP BY."""

from sqlalchemy import Column, ForeignKey, Integer, String, func
from sqlalchemy.orm import Session, declarative_base, relationship

TRAP = {
    "codemod": 14,
    "title": "blog.posts.count() per row: blogs without posts count 0",
    "verdict": "care",
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
    return [(blog.id, blog.posts.count()) for blog in session.query(Blog).order_by(Blog.id)]


def naive(session: Session):
    query = session.query(Post.blog_id, func.count()).group_by(Post.blog_id)
    return [(blog_id, number) for blog_id, number in query.order_by(Post.blog_id)]


def correct(session: Session):
    blogs = session.query(Blog).order_by(Blog.id).all()
    query = session.query(Post.blog_id, func.count())
    query = query.filter(Post.blog_id.in_([blog.id for blog in blogs])).group_by(Post.blog_id)
    counts = {blog_id: number for blog_id, number in query}
    return [(blog.id, counts.get(blog.id, 0)) for blog in blogs]


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
