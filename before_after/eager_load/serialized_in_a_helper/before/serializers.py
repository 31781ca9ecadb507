"""Rows as plain data."""


def serialize_tags(tags):
    return [tag.name for tag in tags]


def serialize(product):
    supplier = product.supplier
    return {
        "sku": product.sku,
        "supplier": supplier.name if supplier else None,
        "tags": serialize_tags(product.tags),
    }
