"""Where things stand."""

from sqlalchemy.orm import Session

from .models import Shelf, Tool


def labels(session: Session):
    """The text of every tool's label: its name and its shelf."""
    tools = session.query(Tool).order_by(Tool.code).all()
    texts = []
    for tool in tools:
        shelf = session.query(Shelf).filter(Shelf.id == tool.shelf_id).first()
        texts.append(f"{tool.name} / {shelf.label if shelf else 'no shelf'}")
    return texts


def shelf_lists(session: Session):
    """The tools of every shelf, in the order of their codes."""
    lists = {}
    for shelf in session.query(Shelf).order_by(Shelf.id).all():
        tools = session.query(Tool).filter(Tool.shelf_id == shelf.id).order_by(Tool.code).all()
        lists[shelf.label] = [tool.name for tool in tools]
    return lists
