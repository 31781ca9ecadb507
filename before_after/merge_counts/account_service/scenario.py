def scenario(module, session):
    turnover, first_lines, products = module.AccountService(session).summary(30)
    return float(turnover), int(first_lines), products
