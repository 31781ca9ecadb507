"""What the products are looked up by comes out of a function, so all active ones are fetched."""

from shop.models import Product


def sku_of(code: str) -> str:
    digits = ""
    for sign in code:
        if sign.isdigit():
            digits += sign
    return "P-%03d" % int(digits)


def prices(session, codes: list[str]) -> list:
    result = []
    products: dict[str, Product] = {
        row.sku: row for row in session.query(Product).filter(Product.active)
    }
    for position, code in enumerate(codes):
        sku = sku_of(code)
        product = products.get(sku)
        if product is None:
            continue
        result.append((position, str(product.price)))
    return result
