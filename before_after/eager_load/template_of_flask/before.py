"""A Flask view passes its rows to a template, together with the page that they are on."""

from flask import render_template_string

from shop_flask.models import Post

POSTS = """
{% for post in page.items %}
  <h2>{{ post.title }}</h2>
  {% with author = post.author %}{% if author %}by {{ author.login }}{% endif %}{% endwith %}
  {{ post.labels|map(attribute="name")|join(", ") }}
{% endfor %}
{{ page.page }} of {{ page.pages }}
"""


def listing():
    page = Post.query.order_by(Post.id).paginate(page=1, per_page=1000, error_out=False)
    return render_template_string(POSTS, page=page)
