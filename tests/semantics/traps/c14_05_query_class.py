"""A dynamic relationship whose queries leave out what is hidden."""

from sqlalchemy import Column, ForeignKey, Integer, String, func
from sqlalchemy.orm import Query, Session, declarative_base, relationship

TRAP = {
    "codemod": 14,
    "title": "query_class= of a dynamic relationship: it has conditions of its own",
    "verdict": "refuse",
    "differs": "result",
}

Base = declarative_base()


class Shown(Query):
    def count(self):
        return len([post for post in self if post.title != "p5"])


class Blog(Base):
    __tablename__ = "blog"
    id = Column(Integer, primary_key=True)
    posts = relationship("Post", lazy="dynamic", query_class=Shown)


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
    counts = dict(session.query(Post.blog_id, func.count()).group_by(Post.blog_id).all())
    return [(blog.id, counts.get(blog.id, 0)) for blog in session.query(Blog).order_by(Blog.id)]


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
