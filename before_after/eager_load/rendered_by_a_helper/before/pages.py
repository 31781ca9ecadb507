"""Pages of the site."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader

environment = Environment(loader=FileSystemLoader([Path(__file__).parent / "templates"]))


def render(name, context):
    """The page of a template."""
    template = environment.get_template(name)
    return template.render(context)
