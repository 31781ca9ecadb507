"""A table between two classes is asked in loops that may change its rows, or that flush what waits."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.models import AuditLog, Product, Tag, product_tags, user_roles


def tagged_meanwhile(session: Session, product: Product) -> list[int]:
    numbers = []
    for tag in session.query(Tag).order_by(Tag.id).all():
        number = session.query(product_tags).filter(product_tags.c.tag_id == tag.id).count()  # found: hoist-lookup (table-not-written)
        if number:
            tag.products.append(product)
        numbers.append(number)
    return numbers


def linked_meanwhile(session: Session, first: Product) -> list[int]:
    numbers = []
    for product in session.scalars(select(Product).order_by(Product.id)).all():
        counted = select(func.count()).select_from(product_tags).where(product_tags.c.product_id == product.id)
        numbers.append(session.scalar(counted) or 0)  # found: hoist-lookup (table-not-written)
        session.execute(product_tags.insert().values(product_id=first.id, tag_id=product.id))
    return numbers


def deleted_meanwhile(session: Session) -> list[str]:
    unused = []
    for tag in session.query(Tag).order_by(Tag.id).all():
        number = session.query(product_tags).filter(product_tags.c.tag_id == tag.id).count()  # found: hoist-lookup (table-not-written)
        if number < 2:
            unused.append(tag.name)
            session.delete(tag)
    return unused


def read_by_a_condition(session: Session, tags: list[Tag], one: Product) -> list[int]:
    numbers = []
    for tag in tags:
        asked = select(func.count(Product.id)).where(
            Product.category_id == tag.id, Product.id.in_(select(product_tags.c.product_id))
        )
        numbers.append(session.scalar(asked) or 0)  # found: hoist-lookup (table-not-written)
        tag.products = [one]
    return numbers


def flushed_by_another_query(session: Session, tags: list[Tag]) -> list[tuple[int, int]]:
    numbers = []
    for tag in tags:
        asked = select(func.count()).select_from(product_tags).where(product_tags.c.tag_id == tag.id)
        number = session.execute(asked).scalar_one()  # review: hoist-lookup (flushes-alike)
        numbers.append((number, session.query(Product).filter(Product.stock > tag.uses).count()))
    return numbers


def flushed_by_the_lookup(session: Session, tags: list[Tag]) -> list[tuple[int, int]]:
    numbers = []
    for tag in tags:
        roles = session.scalar(select(func.count()).select_from(user_roles))
        logged = session.query(AuditLog).filter(AuditLog.user_id == tag.id).count()  # review: hoist-lookup (flushes-alike)
        numbers.append((roles or 0, logged))
    return numbers


def waiting_since(session: Session, product: Product) -> list[int]:
    numbers = []
    tags = session.scalars(select(Tag).order_by(Tag.id)).all()
    tags[0].products.append(product)
    for tag in tags:
        asked = select(func.count()).select_from(product_tags).where(product_tags.c.tag_id == tag.id)
        number = session.scalar(asked) or 0  # review: hoist-lookup (flushes-alike)
        numbers.append(number + session.query(Product).count())
    return numbers
