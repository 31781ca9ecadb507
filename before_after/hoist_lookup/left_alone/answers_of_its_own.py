"""The file has an abort() of its own, and several rows are answered like none."""

from shop_flask.models import Author, Post


def abort(code):
    raise SystemExit(code)


def titles(post_ids: list[int]):
    result = []
    for post_id in post_ids:
        post = Post.query.filter_by(id=post_id).first_or_404()  # found: hoist-lookup (writable)
        result.append(post.title)
    return result


def only_posts(logins: list[int]):
    result = []
    for author_id in logins:
        post = Post.query.filter_by(author_id=author_id).one_or_404()  # found: hoist-lookup (keys-known-before)
        result.append(post.title)
    return result
