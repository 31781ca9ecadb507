"""The rows go through an imported macro with a call block; a helper asks for them."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from queries import all_products

env = Environment(loader=FileSystemLoader([Path(__file__).parent / "templates"]))


def page(session):
    context = {"products": all_products(session)}
    return env.get_template("products.html").render(**context)
