"""Functions go from a category to those below it, and to the one above, and call themselves."""

from sqlalchemy.orm import selectinload

from shop.models import Category, Product


def tree(category):
    return {"slug": category.slug, "below": [tree(child) for child in category.children]}


def path(category):
    if category.parent is None:
        return category.slug
    return f"{path(category.parent)}/{category.slug}"


def trees(session):
    shelves = (
        session.query(Category)
        .options(selectinload(Category.children))
        .filter(Category.parent_id.is_(None))
        .order_by(Category.id)
    )
    found = []
    for shelf in shelves:
        found.append(tree(shelf))
    return found


def product_paths(session):
    products = (
        session.query(Product)
        .options(selectinload(Product.category).selectinload(Category.parent))
        .filter(Product.category_id.isnot(None))
        .order_by(Product.id)
    )
    return {product.sku: path(product.category) for product in products}
