"""A post that is missing answers the request, after what came before it."""

from shop_flask.models import Comment, Post, db


def comment_all(texts: dict[int, str]) -> list[int]:
    counted = []
    for post_id, text in texts.items():
        post = Post.query.filter_by(id=post_id).first_or_404(f"no post {post_id}")
        db.session.add(Comment(post_id=post_id, text=text))
        counted.append(len(post.title))
    db.session.commit()
    return counted
