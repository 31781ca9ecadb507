from datetime import date


def scenario(module, session):
    board = module.Board(session)
    placed = board.placed(date(2024, 1, 1), date(2024, 2, 10))
    return placed, board.stock(50), board.ratings([(1, 5), (4, 40), (7, 6)])


def statements(sizes):
    return 41 + 5 + 3, 3
