"""A Flask view shows what a service of another file asks for."""

from flask import Blueprint, jsonify
from services import CommentService

blueprint = Blueprint("comments", __name__)


@blueprint.route("/comments")
def comments_as_json():
    return jsonify(comments())


def comments():
    return [
        {"text": comment.text, "by": comment.author.login if comment.author else None}
        for comment in CommentService.latest()
    ]
