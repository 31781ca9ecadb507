"""The newest post of each blog, of which several have one title."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import Session, declarative_base, relationship

TRAP = {
    "codemod": 14,
    "title": "blog.posts.order_by(…).first() per row: ties, and blogs without posts",
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
    found = []
    for blog in session.query(Blog).order_by(Blog.id).all():
        post = blog.posts.order_by(Post.title.desc(), Post.id).first()
        found.append((blog.id, post.title if post else None))
    return found


def naive(session: Session):
    posts = {post.blog_id: post for post in session.query(Post).order_by(Post.title.desc(), Post.id)}
    blogs = session.query(Blog).order_by(Blog.id).all()
    return [(blog.id, posts[blog.id].title if blog.id in posts else None) for blog in blogs]


def correct(session: Session):
    posts = {}
    for post in session.query(Post).order_by(Post.title.desc(), Post.id):
        posts.setdefault(post.blog_id, post)
    blogs = session.query(Blog).order_by(Blog.id).all()
    return [(blog.id, posts[blog.id].title if blog.id in posts else None) for blog in blogs]


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
