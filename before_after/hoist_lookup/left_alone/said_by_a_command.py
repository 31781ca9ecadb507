"""What a command line tool says shows how far a loop has come before a key raises."""

import click
from sqlalchemy.orm import Session

from shop.models import Tag


def uses(session: Session, rows: list[dict[str, str]]) -> None:
    for row in rows:
        tag = session.query(Tag).filter(Tag.name == row["name"]).first()  # review: hoist-lookup (keys-known-before)
        click.echo(f"{row['name']}: {tag.uses if tag else 0}")


def used(session: Session, rows: list[dict[str, str]]) -> None:
    for row in rows:
        tag = session.query(Tag).filter(Tag.name == row["name"]).first()  # review: hoist-lookup (keys-known-before)
        click.secho(f"{row['name']}: {tag.uses if tag else 0}", bold=True)
