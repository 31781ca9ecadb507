def scenario(module, session):
    stock = module.stock_report(session)
    mean = None if stock.mean is None else round(float(stock.mean), 9)
    return stock.pieces, stock.cheapest, stock.dearest, mean, stock.inactive
