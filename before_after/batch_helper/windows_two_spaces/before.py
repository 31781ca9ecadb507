'''Two-space indentation and Windows newlines; the helper takes whatever else it is given.'''

from shop.models import Category, Product


def category_slug(session, product, *rest, default='none', **options):
  slug = session.query(Category.slug).filter(Category.id == product.category_id).scalar()
  return slug or options.get('fallback') or default


def slugs(session):
  found = []
  for product in session.query(Product).order_by(Product.sku).all():
    found += [product.sku, category_slug(session, product, default='-')]
  return found
