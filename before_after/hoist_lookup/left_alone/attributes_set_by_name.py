"""What a repository asks is set by a name that is known only when the code runs."""

from shop.models import Customer, Product, Tag


class Repository:
    def __init__(self, session, model):
        self.session = session
        self.model = model

    def configure(self, **options):
        for name, value in options.items():
            setattr(self, name, value)

    def become(self, **options):
        self.__dict__.update(options)

    def find(self, key: int):
        return self.session.query(self.model).filter(self.model.id == key).first()


class Loud(Repository):
    def __setattr__(self, name, value):
        super().__setattr__(name, Customer if name == "model" else value)


def fill(target, values):
    vars(target).update(values)


def configured(session, keys: list[int]):
    repository = Repository(session, Tag)
    repository.configure(model=Customer)
    return [repository.find(key) for key in keys]


def updated(session, keys: list[int]):
    repository = Repository(session, Tag)
    repository.become(model=Customer)
    return [repository.find(key) for key in keys]


def filled(session, keys: list[int]):
    repository = Repository(session, Tag)
    fill(repository, {"model": Product})
    return [repository.find(key) for key in keys]


def replaced(session, keys: list[int]):
    repository = Loud(session, Tag)
    return [repository.find(key) for key in keys]
