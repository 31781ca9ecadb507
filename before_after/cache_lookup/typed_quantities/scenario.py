from shop_typed.models import OrderLine

MODELS = "shop_typed"
LEFT_OUT = {None, 1}


def scenario(module, session):
    return module.after_smaller(session, LEFT_OUT)


def sizes(session):
    lines = session.query(OrderLine).order_by(OrderLine.id)
    asked = [line for line in lines if line.product_id not in LEFT_OUT]
    quantities = {line.quantity for line in asked}
    keys = {(line.product_id, line.quantity) for line in asked}
    return {"asked": len(asked), "quantities": len(quantities), "keys": len(keys)}


def statements(sizes):
    return 1 + 2 * sizes["asked"], 1 + sizes["quantities"] + sizes["keys"]
