"""What comes in from outside, and what the nightly run writes."""

from sqlalchemy.orm import Session

from .models import Category, Tool, Usage


def import_prices(engine, prices: list[tuple[str, str, int]]):
    """Take over a supplier's price list: tools that are new are added."""
    added = 0
    with Session(engine) as session:
        category = session.query(Category).order_by(Category.id).first()
        for code, name, cents in prices:
            tool = session.query(Tool).filter(Tool.code == code).one_or_none()
            if tool is None:
                tool = Tool(code=code, name=name, category_id=category.id, shelf_id=0)
                session.add(tool)
                added += 1
            tool.price_cents = cents
        session.commit()
    return added


def take_stock(engine, today):
    """Note for every tool when it was last looked at, and what it was worth then."""
    with Session(engine) as session:
        tools = session.query(Tool).order_by(Tool.id).all()
        for tool in tools:
            usage = session.query(Usage).filter(Usage.tool_id == tool.id).first()
            if usage is None:
                usage = Usage(tool_id=tool.id)
                session.add(usage)
            usage.checked_on = today
            usage.price_cents = tool.price_cents
        session.commit()
