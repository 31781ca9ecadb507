"""An IntegrityError of the flush that the lookup makes is handled in the loop."""

from sqlalchemy.exc import IntegrityError

from shop.models import Category, Product


def add(session, rows: "list[tuple[str, str]]"):
    failed = 0
    for sku, slug in rows:
        try:
            category = (
                session.query(Category)  # found: hoist-lookup (errors-not-handled)
                .filter(Category.slug == slug)
                .one_or_none()
            )
            session.add(Product(sku=sku, name=sku, price=1, category_id=category and category.id))
        except IntegrityError:
            failed += 1
    return failed
