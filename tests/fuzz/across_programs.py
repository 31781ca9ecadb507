"""Random programs of several functions and files: who asks for rows, passes them on and reads."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from textwrap import indent

HEADER = """from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from library import Author, Book, Publisher, Review, Tag, User
"""


@dataclass
class Program:
    """One program: its modules by name. `main` of the module `<name>_main` runs it."""

    name: str
    modules: dict[str, str]

    @property
    def text(self) -> str:
        return "\n".join(f"# ---- {name}.py\n{text}" for name, text in self.modules.items())


MODELS = {
    # what reading does per model: expressions of `row`
    "Book": [
        "row.author.name if row.author else None", "row.byline", "len(row.reviews)",
        "[r.text for r in row.reviews]", "[str(r) for r in row.reviews]", "row.to_dict()",
        "row.to_dict(full=False)", "row.to_dict(False)", "f'{row.author}'", "row.title",
        "[t.name for t in row.tags]", "sum(1 for t in row.tags if t.id > 1)",
        "row.author.publisher.name if row.author and row.author.publisher else '-'",
        "row.author is None", "[r.user.name if r.user else None for r in row.reviews]",
        "row.author.titles if row.author else []", "(row.price or 0) + len(row.tags)",
        "row.reviews[0].text if row.reviews else None", "max([r.id for r in row.reviews], default=0)",
    ],
    "Author": [
        "str(row)", "row.publisher.name if row.publisher else None", "row.titles", "len(row.books)",
        "[b.byline for b in row.books]", "[len(b.reviews) for b in row.books]", "row.name",
        "[t.name for b in row.books for t in b.tags]", "row.publisher_id",
        "{b.title: [str(r) for r in b.reviews] for b in row.books}",
    ],
    "Review": [
        "str(row)", "row.book.title", "row.book.byline", "row.user.name if row.user else None",
        "f'{row}'", "len(row.book.tags)", "row.text", "row.book.author_id",
        "row.book.author.name if row.book.author else None",
    ],
}  # fmt: skip

# Things that happen to rows, or in between, with what they need: {rows}, {session}.
HARMLESS = [
    "rows = list(rows)", "rows = sorted(rows, key=lambda row: -row.id)", "rows = rows[1:]",
    "rows = [row for row in rows if row.id % 3]", "rows = list(reversed(rows))", "count = len(rows)",
    "by_id = {row.id: row for row in rows}\nrows = list(by_id.values())", "rows = rows or []",
    "if not rows:\n    return rows", "assert rows is not None", "rows = rows + rows[:2]",
    "rows = [*rows]", "rows = tuple(rows)", "first = rows[0] if rows else None",
    "session.query(User).count()", "kept = [row for row in rows]", "session.query(Tag).all()",
]  # fmt: skip
DISTURBING = [
    "session.flush()", "session.commit()", "session.expire_all()", "session.query(Author).all()",
    "for row in rows:\n    session.refresh(row)", "session.add(User(name='new'))",
    "session.query(User).filter(User.id == 1).update({'name': 'changed'})",
    "extra = session.get({model}, 1)\nif extra is not None:\n    rows = [*rows, extra]",
    "session.query(Book).filter(Book.id == 2).update({'author_id': 1})", "session.rollback()",
    "rows = rows[:0]", "del rows[2:]", "session.expunge_all()",
    "session.add(Review(book_id=1, text='new'))", "session.execute(select(Publisher)).scalars().all()",
]  # fmt: skip
OF_BOOKS = [
    "for row in rows:\n    row.author_id = 1", "for row in rows:\n    row.move(2)",
    "for row in rows:\n    row.owner = 1", "for row in rows:\n    row.price = 3",
    "for row in rows:\n    row.author = session.get(Author, 1)",
    "for row in rows:\n    row.reviews.append(Review(text='new'))", "rows = sorted(rows)",
    "for row in rows:\n    setattr(row, 'author_id', 1)", "if rows:\n    rows[0].tags.clear()",
    "for row in rows:\n    row.title = 'x'", "for row in rows:\n    row.price = -1",
]  # fmt: skip


# Names that several programs of a project would share.
OWN_NAMES = re.compile(
    r"\b(Shelf|Repository|Rows|Generic|Holder)\b|\brows(?=\((session|self)|\(\))|(?<=import )rows\b"
)


class Writer:
    """Writes one program."""

    def __init__(self, rng: random.Random, name: str) -> None:
        self.rng = rng
        self.name = name
        self.model = rng.choice(["Book", "Book", "Author", "Review"])
        self.parts: dict[str, list[str]] = {"repo": [], "helpers": [], "main": []}
        self.imports: dict[str, set[str]] = {"repo": set(), "helpers": set(), "main": set()}

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def where(self, *among: str) -> str:
        return self.rng.choice(among)

    def program(self) -> Program:
        source = self.source()
        if self.chance(0.45):
            source = self.passed_on(source)
        drivers = [self.driver(source) for _ in range(self.rng.choice([1, 1, 1, 2, 3]))]
        calls = [f"found.append(drive{number}(session))" for number, _ in enumerate(drivers)]
        if self.chance(0.2):
            calls.insert(self.rng.randrange(len(calls) + 1), "session.expunge_all()")
        if self.chance(0.15):
            calls.insert(self.rng.randrange(len(calls) + 1), f"found.append(len(list({source})))")
        for number, text in enumerate(drivers):
            self.parts["main"].append(
                f"def drive{number}(session: Session):\n{indent(text, '    ')}"
            )
        body = indent("\n".join(["found = []", *calls, "return found"]), "    ")
        self.parts["main"].append(f"def main(session: Session):\n{body}")
        modules = {}
        for part, texts in self.parts.items():
            if texts:
                names = sorted(self.imports[part])
                lines = "".join(f"from {self.name}_{home} import {n}\n" for home, n in
                                (item.split(".") for item in names))  # fmt: skip
                body = "\n\n\n".join(texts)
                text = OWN_NAMES.sub(
                    lambda found: f"{found[0]}_{self.name}", f"{lines}\n\n{body}\n"
                )
                modules[f"{self.name}_{part}"] = HEADER + text
        return Program(self.name, modules)

    def use(self, part: str, home: str, name: str) -> None:
        if home != part:
            self.imports[part].add(f"{home}.{name}")

    # Who asks ------------------------------------------------------------------------------

    def query(self) -> str:
        """An expression for all rows of the query, in a list."""
        model, rng = self.model, self.rng
        order = f"{model}.id" if self.chance(0.8) else f"{model}.id.desc()"
        where = rng.choice(["", "", "", f"{model}.id > 2", f"{model}.id.in_([1, 2, 3, 5, 8, 9])"])
        option = ""
        if self.chance(0.08) and model == "Book":
            chosen = rng.choice(["selectinload(Book.tags)", "joinedload(Book.author)"])
            option = f".options({chosen})"
        limit = ".limit(9)" if self.chance(0.1) else ""
        if self.chance(0.5):
            clause = f".filter({where})" if where else ""
            whole = f"session.query({model}){option}{clause}.order_by({order}){limit}"
            return f"{whole}.all()" if self.chance(0.85) else f"list({whole})"
        clause = f".where({where})" if where else ""
        statement = f"select({model}){option}{clause}.order_by({order}){limit}"
        return rng.choice([
            f"session.scalars({statement}).all()", f"list(session.scalars({statement}))",
            f"session.execute({statement}).scalars().all()",
        ])  # fmt: skip

    def source(self) -> str:
        """Something that gives rows: the expression that main uses, with `session`."""
        query = self.query()
        form = self.rng.choice(["function", "function", "method", "static", "helper", "class",
                                "generic", "statement", "unfinished", "attribute"])  # fmt: skip
        if form == "class" and self.model == "Book":
            return "Book.cheap(session)"
        if form in ("method", "class"):
            self.parts["repo"].append(
                "class Repository:\n    def __init__(self, session: Session):\n"
                f"        self.session = session\n\n    def rows(self):\n"
                f"        return {query.replace('session.', 'self.session.')}"
            )
            self.use("main", "repo", "Repository")
            return "Repository(session).rows()"
        if form == "static":
            self.parts["repo"].append(
                f"class Rows:\n    @staticmethod\n    def all(session):\n        return {query}"
            )
            self.use("main", "repo", "Rows")
            return "Rows.all(session)"
        if form == "generic":
            self.parts["repo"].append(
                "class Generic:\n    def __init__(self, session, model):\n"
                "        self.session = session\n        self.model = model\n\n    def all(self):\n"
                "        return self.session.query(self.model).order_by(self.model.id).all()"
            )
            self.use("main", "repo", "Generic")
            return f"Generic(session, {self.model}).all()"
        if form == "attribute":
            self.parts["repo"].append(
                "class Shelf:\n    def __init__(self, session: Session):\n"
                f"        self.rows = {query}\n\n    def __iter__(self):\n"
                "        return iter(self.rows)\n\n    def __len__(self):\n"
                "        return len(self.rows)"
            )
            self.use("main", "repo", "Shelf")
            return self.rng.choice(["Shelf(session).rows", "list(Shelf(session))"])
        if form == "statement":
            self.parts["repo"].append(
                "def send(session, statement):\n    return session.execute(statement).scalars().all()"
            )
            self.use("main", "repo", "send")
            return f"send(session, select({self.model}).order_by({self.model}.id))"
        if form == "unfinished":
            self.parts["repo"].append(
                f"def rows_query(session):\n    return session.query({self.model})"
            )
            self.use("main", "repo", "rows_query")
            return f"rows_query(session).order_by({self.model}.id).all()"
        text = f"def rows(session: Session):\n    return {query}"
        if self.chance(0.15):
            text = f"def rows(session: Session, empty=False):\n    if empty:\n        return []\n    return {query}"
        self.parts["repo"].append(text)
        self.use("main", "repo", "rows")
        return "rows(session)"

    def step(self) -> str:
        """Statements that do something with `rows` and `session`."""
        if self.chance(0.55):
            return self.rng.choice(HARMLESS)
        if self.model == "Book" and self.chance(0.5):
            return self.rng.choice(OF_BOOKS)
        return self.rng.choice(DISTURBING).replace("{model}", self.model)

    def passed_on(self, source: str) -> str:
        """The rows after another function had them."""
        home = self.where("helpers", "main")
        steps = "\n".join(self.step() for _ in range(self.rng.choice([1, 1, 2])))
        self.parts[home].append(
            f"def prepared(rows, session):\n{indent(steps, '    ')}\n    return rows"
        )
        self.use("main", home, "prepared")
        return f"prepared({source}, session)"

    # Who reads -----------------------------------------------------------------------------

    def reader(self) -> str:
        """A function of one row: what main calls it."""
        read = self.rng.choice(MODELS[self.model])
        number = sum(text.count("def read") for part in self.parts.values() for text in part)
        name, home = f"read{number}", self.where("helpers", "helpers", "main")
        body = self.rng.choice([
            f"return {read}", f"return {read}", f"value = {read}\nreturn row.id, value",
            f"if row.id > 5:\n    return None\nreturn {read}", f"return {read} if row.id % 2 else 0",
            f"try:\n    return {read}\nexcept AttributeError:\n    return None",
            f"if full:\n    return {read}\nreturn row.id", f"return inner{number}(row)",
        ])  # fmt: skip
        if body.startswith("return inner"):
            self.parts[home].append(f"def inner{number}(row):\n    return {read}")
        self.parts[home].append(f"def {name}(row, full=True):\n{indent(body, '    ')}")
        self.use("main", home, name)
        return name

    def driver(self, source: str) -> str:
        """The body of a function that goes through the rows."""
        reader = self.reader() if self.chance(0.8) else None
        call = f"{reader}(row)" if reader else self.rng.choice(MODELS[self.model])
        if reader and self.chance(0.1):
            call = f"{reader}(row, full={self.rng.choice(['True', 'False', 'row.id > 3'])})"
        lines = [f"rows = {source}"]
        if self.chance(0.35):
            lines.append(self.step().replace("return rows", "return None"))
        form = self.rng.choice(["loop", "loop", "comprehension", "map", "sorted", "dict", "visitor",
                                "nested", "enumerate", "class", "generator", "yielded"])  # fmt: skip
        function = reader or f"lambda row: {call}"
        inside = self.step_inside()
        if form == "map":
            lines += [f"return list(map({function}, rows))"]
        elif form == "sorted":
            lines += [f"rows = sorted(rows, key=lambda row: (str({call}), row.id))",
                      "return [row.id for row in rows]"]  # fmt: skip
        elif form == "comprehension":
            lines += [f"return [{call} for row in rows]"]
        elif form == "dict":
            lines += [f"found = {{row.id: {call} for row in rows}}", "return found"]
        elif form == "visitor":
            self.visitor()
            lines += ["found = []", "def note(row):", f"    found.append({call})",
                      "visit(rows, note)", "return found"]  # fmt: skip
        elif form == "nested":
            lines += ["def shown():", f"    return [{call} for row in rows]", "return shown()"]
        elif form == "class":
            self.holder(call)
            lines += ["return Holder(rows, session).found()"]
        elif form == "generator":
            lines += [f"return list({call} for row in rows)"]
        elif form == "yielded":
            number = len(self.parts["helpers"])
            self.parts["helpers"].append(
                f"def each{number}(rows):\n    for row in rows:\n        yield row"
            )
            self.use("main", "helpers", f"each{number}")
            lines += ["found = []", f"for row in each{number}(rows):", f"    found.append({call})",
                      "return found"]  # fmt: skip
        else:
            header = (
                "for number, row in enumerate(rows):" if form == "enumerate" else "for row in rows:"
            )
            lines += ["found = []", header, indent(inside, "    ") if inside else None,
                      f"    found.append({call})", "return found"]  # fmt: skip
        return "\n".join(line for line in lines if line)

    def step_inside(self) -> str | None:
        if self.chance(0.75):
            return None
        choices = [
            "if row.id > 6:\n    break", "if row.id % 2:\n    continue", "session.flush()",
            "touched(row, session)", "touched(row, session)", "found.append(row.id)",
        ]  # fmt: skip
        chosen = self.rng.choice(choices)
        if chosen.startswith("touched"):
            what = self.rng.choice([
                "session.commit()", "row.id", "session.add(User(name='x'))", "session.flush()",
                "session.query(User).count()", "session.expire(row)", "session.get(User, row.id)",
                *(["row.author_id = 1", "row.move(1)", "row.price = 2", "row.owner = 2"]
                  if self.model == "Book" else []),
            ])  # fmt: skip
            home = self.where("helpers", "main")
            if not any("def touched" in text for part in self.parts.values() for text in part):
                self.parts[home].append(f"def touched(row, session):\n    {what}")
                self.use("main", home, "touched")
        return chosen

    def visitor(self) -> None:
        if any("def visit" in text for text in self.parts["helpers"]):
            return
        self.parts["helpers"].append(
            "def visit(rows, note):\n    for row in rows:\n        note(row)"
        )
        self.use("main", "helpers", "visit")

    def holder(self, call: str) -> None:
        if any("class Holder" in text for text in self.parts["main"]):
            return
        self.parts["main"].append(
            "class Holder:\n    def __init__(self, rows, session):\n        self.rows = rows\n"
            "        self.session = session\n\n    def found(self):\n"
            f"        return [{call} for row in self.rows]"
        )


def program(rng: random.Random, name: str) -> Program:
    return Writer(rng, name).program()
