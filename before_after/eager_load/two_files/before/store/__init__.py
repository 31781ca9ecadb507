from .models import Order, OrderLine, Product

__all__ = ["Order", "OrderLine", "Product"]
