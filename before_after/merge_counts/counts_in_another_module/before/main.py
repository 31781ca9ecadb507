"""The counts stand in another module, the model is re-exported by a package."""

from repository import OrderRepository


def report(session):
    repository = OrderRepository(session)
    return repository.numbers(), repository.numbers(minimum=20)
