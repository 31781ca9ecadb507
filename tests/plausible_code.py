"""Code such as people write with SQLAlchemy, in any layout, for Hypothesis.

The models are those of `before_after/shop`. What comes out parses, and need not make sense.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Callable, Sequence
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")

RELATIONS: dict[str, dict[str, str]] = {
    "Order": {"customer": "Customer", "lines": "OrderLine", "address": "Address"},
    "OrderLine": {"order": "Order", "product": "Product"},
    "Customer": {"orders": "Order", "country": "Country", "referrer": "Customer"},
    "Product": {"category": "Category", "tags": "Tag", "reviews": "Review"},
    "Category": {"parent": "Category", "children": "Category", "products": "Product"},
    "Review": {"product": "Product", "customer": "Customer"},
}
COLUMNS: dict[str, list[str]] = {
    "Order": ["id", "number", "customer_id", "status", "total"],
    "OrderLine": ["id", "order_id", "product_id", "quantity"],
    "Customer": ["id", "email", "name", "country_code", "vip"],
    "Product": ["id", "sku", "price", "category_id", "active"],
    "Category": ["id", "slug", "parent_id"],
    "Review": ["id", "product_id", "customer_id", "rating"],
    "Country": ["code", "name"],
    "Address": ["id", "customer_id", "city"],
    "Tag": ["id", "name", "uses"],
}
LISTS = {"lines", "orders", "tags", "reviews", "children", "products"}
COMMENTS = ["# why", "# noqa: E501", "#", "# minusn: ignore[other]", "# größe", "#\ttabs\t"]
HEADER = """\
from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from shop.db import SessionLocal
from shop.models import Category, Customer, Order, OrderLine, Product, Review, Tag
"""


class Writer:
    """Draws statements; a block is a list of lines without the indentation of its place."""

    def __init__(self, draw: Callable[[st.SearchStrategy[int]], int], is_async: bool) -> None:
        self._draw = draw
        self._async = is_async
        self._step = "    "
        self._count = 0

    def pick(self, options: Sequence[T]) -> T:
        return options[self._draw(st.integers(0, len(options) - 1))]

    def chance(self, percent: int) -> bool:
        return self._draw(st.integers(0, 99)) < percent

    def fresh(self, stem: str) -> str:
        self._count += 1
        return self.pick([stem, f"{stem}_{self._count}", "größe", "x", f"_{stem}", "row"])

    # Expressions --------------------------------------------------------------------------

    def query(self, model: str, rows: dict[str, str]) -> str:
        """An expression whose value is an iterable of rows."""
        predicate = self.predicate(model, rows)
        middle = ""
        for _ in range(self.pick([0, 0, 1, 2])):
            column = self.pick(COLUMNS[model])
            middle += self.pick(
                [
                    f".order_by({model}.{column})",
                    f".filter({predicate})",
                    f".where({predicate})",
                    f".filter_by({column}={self.value(rows)})",
                    ".limit(10)",
                    ".options()",
                    ".distinct()",
                    ".execution_options(yield_per=10)",
                    f".options(selectinload({model}.{self.pick(self.relations(model))}))",
                    f".join({model}.{self.pick(self.relations(model))})",
                ]
            )
        if self._async:
            return self.pick(
                [
                    f"(await session.scalars(select({model}){middle})).all()",
                    f"await session.scalars(select({model}){middle})",
                    f"(await session.execute(select({model}){middle})).scalars().all()",
                    f"await session.stream_scalars(select({model}){middle})",
                ]
            )
        return self.pick(
            [
                f"session.query({model}){middle}.all()",
                f"session.query({model}){middle}",
                f"session.scalars(select({model}){middle}).all()",
                f"session.scalars(select({model}){middle})",
                f"session.execute(select({model}){middle}).scalars().unique().all()",
                f"list(session.query({model}){middle})",
                f"sorted(session.query({model}){middle}, key=lambda r: r.id)",
                f"(session.query({model})\n    # the rows\n    {middle or '.order_by()'}\n)",
                f"session.query({model})\\\n    .filter({predicate})\\\n    .all()",
                f"[*session.query({model}){middle}]",
            ]
        )

    def relations(self, model: str) -> list[str]:
        return list(RELATIONS.get(model, {"nothing": ""}))

    def predicate(self, model: str, rows: dict[str, str]) -> str:
        column = f"{model}.{self.pick(COLUMNS[model])}"
        value = self.value(rows)
        return self.pick(
            [
                f"{column} == {value}",
                f"{value} == {column}",
                f"{column} == {value}, {model}.id > 3",
                f"and_({column} == {value}, {model}.id != None)",
                f"{column}.in_([{value}])",
                f"{column}.is_(None)",
                f"{column} > {value}",
                f"~{column}.like('a%')",
                f"({column} == 1) & ({model}.id == {value})",
            ]
        )

    def value(self, rows: dict[str, str]) -> str:
        """A key: a constant, a parameter or a column of a row at hand."""
        if rows and self.chance(70):
            name = self.pick(sorted(rows))
            column = self.pick(COLUMNS.get(rows[name], ["id"]))
            return self.pick([f"{name}.{column}", f"{name}.{column}", f"str({name}.{column})"])
        return self.pick(["1", "'a'", "None", "key", "keys[0]", "f'{key}'", "-1", '"""a"""'])

    def reading(self, rows: dict[str, str]) -> str:
        """An expression that may read relationships of a row."""
        if not rows:
            return self.value(rows)
        name = self.pick(sorted(rows))
        model = rows[name]
        step = self.pick(self.relations(model))
        path = f"{name}.{step}"
        if step in LISTS:
            return self.pick(
                [
                    f"len({path})",
                    f"[x.id for x in {path}]",
                    f"{{x: y for x, y in enumerate({path}) if x}}",
                    f"sum(x.id for x in {path})",
                    path,
                    f"{path}[0] if {path} else None",
                ]
            )
        return self.pick(
            [
                f"{path}.name",
                f"{path} and {path}.id",
                f"f'{{{path}.name}} é'",
                f"getattr({name}, '{step}').id",
                f"(lambda: {path})()",
                f"(y := {path})",
                path,
            ]
        )

    def lookup(self, rows: dict[str, str]) -> str:
        """An expression that asks for one row, a number or whether there is one."""
        model = self.pick(sorted(RELATIONS))
        predicate, value = self.predicate(model, rows), self.value(rows)
        if self._async:
            return self.pick(
                [
                    f"await session.get({model}, {value})",
                    f"(await session.scalars(select({model}).where({predicate}))).first()",
                    f"await session.scalar(select(func.count({model}.id)).where({predicate}))",
                    f"(await session.execute(select({model}).filter_by(id={value}))).scalar_one()",
                ]
            )
        return self.pick(
            [
                f"session.query({model}).filter({predicate}).first()",
                f"session.query({model}).filter_by(id={value}).one_or_none()",
                f"session.query({model}.id).filter({predicate}).scalar()",
                f"session.query({model}).get({value})",
                f"session.get({model}, {value})",
                f"session.query({model}).filter({predicate}).count()",
                f"session.query({model}).filter({predicate}).all()",
                f"session.scalar(select(func.count()).select_from({model}).where({predicate}))",
                f"session.execute(select({model}).where({predicate})).scalar_one_or_none()",
                f"session.query(session.query({model}).filter({predicate}).exists()).scalar()",
                f"session.scalars(select({model})\n    .where({predicate})  # by key\n).first()",
            ]
        )

    # Statements ---------------------------------------------------------------------------

    def indented(self, lines: list[str]) -> list[str]:
        return [self._step + line if line.strip() else line for line in lines]

    def block(self, rows: dict[str, str], depth: int, looped: bool) -> list[str]:
        lines: list[str] = []
        for _ in range(self.pick([1, 1, 2, 3])):
            lines += self.statement(rows, depth, looped)
        if self.chance(20):
            lines.append(self.pick(["pass", "...", "'text'"]))
        return lines

    def statement(self, rows: dict[str, str], depth: int, looped: bool) -> list[str]:
        simple = [self.assignment, self.assignment, self.use, self.use, self.counts, self.noise]
        compound = [self.loop, self.loop, self.loop, self.condition, self.handler, self.context]
        compound += [self.matched, self.nested]
        maker = self.pick([*simple, *(compound if depth else [])])
        lines = maker(rows, depth, looped)
        if len(lines) == 1 and "\n" not in lines[0] and not lines[0].lstrip().startswith("#"):
            if self.chance(15):
                lines = [f"{lines[0]}  {self.pick(COMMENTS)}"]
            elif self.chance(10):
                lines = [f"{lines[0]}; done = True"]
        if self.chance(12):
            lines = [self.pick(COMMENTS), *lines]
        return lines

    def assignment(self, rows: dict[str, str], _: int, looped: bool) -> list[str]:
        model = self.pick(sorted(RELATIONS))
        kind = self.pick(["lookup", "lookup", "rows", "read", "upsert"])
        if kind == "lookup":
            name = self.fresh(model.lower())
            right = self.lookup(rows)
            rows = rows | {name: model}
            return f"{name} = {right}".split("\n")
        if kind == "rows":
            return f"rows = {self.query(model, rows)}".split("\n")
        if kind == "read":
            return [f"{self.pick(['a', 'a.b', 'a[0]', 'a, *b', 'a: int'])} = {self.reading(rows)}"]
        name = model.lower()
        lines = f"{name} = {self.lookup(rows)}".split("\n")
        test = self.pick([f"not {name}", f"{name} is None"])
        made = f"{name} = {model}(id={self.value(rows)})"
        return [*lines, f"if {test}:", *self.indented([made, f"session.add({name})"])]

    def use(self, rows: dict[str, str], _: int, looped: bool) -> list[str]:
        value = self.reading(rows)
        options = [
            f"result.append({value})",
            f"print({value}, end='')",
            f"result[{value}] = {value}",
            f"total += {value}",
            f"if {value}: result.append(1)",
            f"log('%s', {value})",
            f"assert {value}",
            f"{value}",
        ]
        if looped:
            options += [f"if not {value}: continue", f"if {value}: break"]
        return [self.pick(options)]

    def counts(self, rows: dict[str, str], depth: int, looped: bool) -> list[str]:
        model = self.pick(sorted(RELATIONS))
        lines = []
        for number in range(self.pick([2, 2, 3])):
            predicate = self.predicate(model, rows)
            right = (
                f"await session.scalar(select(func.count({model}.id)).where({predicate}))"
                if self._async
                else f"session.query({model}).filter({predicate}).count()"
            )
            lines.append(self.pick([f"n{number} = {right}", f"result[{number}] = {right}"]))
        return lines

    def noise(self, rows: dict[str, str], depth: int, looped: bool) -> list[str]:
        send = "await " if self._async else ""
        return [
            self.pick(
                [
                    "pass",
                    f"{send}session.commit()",
                    f"{send}session.flush()",
                    "session.add(Order())",
                    "other(session)",
                    "import json",
                    "x = yield" if not self._async else "x = 1",
                    "x: int = 1 if key else 2",
                    "keys = list(dict.fromkeys(keys))",
                    "del keys",
                    "x = 'a' \\\n    'b'",
                    "text = '''\n  kept   \n\t# no comment\n'''",
                    "",
                    "return",
                    "raise ValueError(key)",
                ]
            )
        ]

    def loop(self, rows: dict[str, str], depth: int, looped: bool) -> list[str]:
        model = self.pick(sorted(RELATIONS))
        name = self.fresh(model.lower())
        source = self.pick(["query", "query", "rows", "keys", "items", "relation", "while"])
        if source == "relation" and rows:
            owner = self.pick(sorted(rows))
            step = self.pick(self.relations(rows[owner]))
            model, iterable = RELATIONS.get(rows[owner], {}).get(step, "Tag"), f"{owner}.{step}"
        elif source in ("query", "relation"):
            iterable = self.query(model, rows)
        elif source == "rows":
            iterable = self.pick(["rows", "enumerate(rows)", "zip(rows, keys)", "rows[1:]"])
        elif source == "items":
            iterable = self.pick(["keys.items()", "range(10)", "(1, 2)", "reversed(keys)"])
        else:
            iterable = "keys"
        target = name
        if iterable.startswith(("enumerate", "zip", "keys.items")):
            target = self.pick([f"i, {name}", f"({name}, j)", f"i, *{name}"])
        inner = rows | {name: model}
        kind = self.pick(["for", "for", "for", "comprehension", "generator"])
        if source == "while":
            head = "while key:"
        elif kind == "comprehension":
            value, test = self.reading(inner), self.reading(inner)
            shape = self.pick(["[{v} for {t} in {i}]", "{{{v} for {t} in {i} if {c}}}",
                               "{{{v}: 1 for {t} in {i}}}", "sum({v} for {t} in {i})",
                               "[{v} for {t} in {i} for z in keys if {c}]"])  # fmt: skip
            text = shape.format(v=value, t=target, i=iterable, c=test)
            return f"result = ({text})".split("\n")
        else:
            is_async = self._async and "stream" in iterable
            head = f"{'async ' if is_async else ''}for {target} in {iterable}:"
        if self.chance(8):
            return f"{head} {self.pick(['pass', 'result.append(1)', self.reading(inner)])}".split(
                "\n"
            )
        lines = head.split("\n")
        if self.chance(10):
            lines[-1] += f"  {self.pick(COMMENTS)}"
        lines += self.indented(self.block(inner, depth - 1, True))
        if kind == "generator" and not self._async:
            lines += self.indented([f"yield {self.reading(inner)}"])
        if self.chance(10):
            lines += ["else:", *self.indented(self.block(rows, 0, looped))]
        return lines

    def condition(self, rows: dict[str, str], depth: int, looped: bool) -> list[str]:
        test = self.pick([self.reading(rows), self.lookup(rows), "key", "key is None"])
        lines = f"if ({test}):".split("\n") + self.indented(self.block(rows, depth - 1, looped))
        if self.chance(40):
            lines += ["elif keys:", *self.indented(self.block(rows, depth - 1, looped))]
        if self.chance(40):
            lines += ["else:", *self.indented(self.block(rows, depth - 1, looped))]
        return lines

    def handler(self, rows: dict[str, str], depth: int, looped: bool) -> list[str]:
        caught = self.pick(["Exception as e", "(KeyError, ValueError)", "LookupError"])
        lines = ["try:", *self.indented(self.block(rows, depth - 1, looped)), f"except {caught}:"]
        lines += self.indented(self.block(rows, 0, looped))
        if self.chance(30):
            lines += ["else:", *self.indented(self.block(rows, 0, looped))]
        if self.chance(30):
            lines += ["finally:", *self.indented(["session.close()"])]
        return lines

    def context(self, rows: dict[str, str], depth: int, looped: bool) -> list[str]:
        if self._async:
            item = self.pick(["async with session.begin()", "with open(key) as f"])
        else:
            item = self.pick(["with SessionLocal() as session", "with session.begin()",
                              "with session.no_autoflush", "with open(key) as f, a as b"])  # fmt: skip
        return [f"{item}:", *self.indented(self.block(rows, depth - 1, looped))]

    def matched(self, rows: dict[str, str], depth: int, looped: bool) -> list[str]:
        inner = self.block(rows, depth - 1, looped)
        patterns = ["{'a': x, **rest}", "[x, *_]", "Order(id=x) if x", "None | 1"]
        return [
            f"match {self.reading(rows)}:",
            *self.indented([f"case {self.pick(patterns)}:", *self.indented(inner)]),
            *self.indented(["case _:", *self.indented(["pass"])]),
        ]

    def nested(self, rows: dict[str, str], depth: int, looped: bool) -> list[str]:
        kept, self._async = self._async, self._async and self.chance(50)
        head = "async def" if self._async else "def"
        body = self.block(rows, depth - 1, False)
        self._async = kept
        decorator = ["@wraps(key)"] if self.chance(20) else []
        return [*decorator, f"{head} inner(row=None, *args, **kwargs):", *self.indented(body)]

    def function(self) -> list[str]:
        head = "async def" if self._async else "def"
        parameters = self.pick(["session, keys, key=1", "session: Session, keys: list[int], *, key",
                                "self, session, keys, key"])  # fmt: skip
        returns = self.pick(["", " -> list[str]"])
        lines = [f"{head} {self.pick(['report', 'größen', 'f'])}({parameters}){returns}:"]
        if self.chance(30):
            lines += self.indented(['"""What it does."""'])
        lines += self.indented([self.pick(["result = []", "result, total = {}, 0"])])
        for _ in range(self.pick([1, 2, 3])):
            lines += self.indented(self.statement({}, 3, False))
        lines += self.indented([self.pick(["return result", "pass"])])
        if "self" in parameters:
            lines = [f"class Service{self._count}:", *self.indented(lines)]
        return lines


def parses(text: str | bytes) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True


@st.composite
def modules(draw: st.DrawFn) -> str:
    """A module of one to three functions."""
    blocks = []
    for _ in range(draw(st.integers(1, 3))):
        writer = Writer(draw, draw(st.integers(0, 3)) == 0)
        blocks.append("\n".join(writer.function()) + "\n")
    header = HEADER if draw(st.integers(0, 9)) else f'"""What it is for."""\n{HEADER}'
    return header + "\n\n" + "\n\n".join(blocks)


@st.composite
def mutated(draw: st.DrawFn, texts: Sequence[str]) -> str:
    """A real file, some of whose lines and words are gone, doubled or swapped; it parses."""
    text = draw(st.sampled_from(texts))
    for _ in range(draw(st.integers(1, 4))):
        change = draw(st.sampled_from([_lines_changed, _lines_changed, _words_changed]))
        changed = change(text, draw)
        if parses(changed):
            text = changed
    return text


def _lines_changed(text: str, draw: st.DrawFn) -> str:
    lines = text.split("\n")
    one = draw(st.integers(0, len(lines) - 1))
    two = draw(st.integers(0, len(lines) - 1))
    match draw(st.sampled_from(["delete", "double", "swap", "block", "move"])):
        case "delete":
            del lines[one]
        case "double":
            lines.insert(one, lines[one])
        case "swap":
            lines[one], lines[two] = lines[two], lines[one]
        case "block":
            start, end = sorted((one, min(two, one + 6)))
            lines[end:end] = lines[start:end]
        case "move":
            lines.insert(two, lines.pop(one))
    return "\n".join(lines)


def _words_changed(text: str, draw: st.DrawFn) -> str:
    words = [
        token
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type in (tokenize.NAME, tokenize.OP, tokenize.NUMBER, tokenize.STRING)
        and token.start[0] == token.end[0]
    ]
    one, two = (words[draw(st.integers(0, len(words) - 1))] for _ in range(2))
    lines = text.split("\n")
    row, (start, end) = one.start[0] - 1, (one.start[1], one.end[1])
    new = draw(st.sampled_from([two.string, "", f"{one.string} {one.string}"]))
    lines[row] = lines[row][:start] + new + lines[row][end:]
    return "\n".join(lines)


@st.composite
def dressed(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> bytes:
    """The bytes of a text in some layout that Python reads: newlines, tabs, encodings and more."""
    text = draw(texts)
    if draw(st.booleans()):
        return text.encode()
    candidate = text
    step = draw(st.sampled_from(["    ", "\t", "  ", " ", "        "]))
    lines = [_with_step(line, step) for line in candidate.split("\n")]
    for _ in range(draw(st.integers(0, 3))):
        row = draw(st.integers(0, len(lines) - 1))
        odd = draw(
            st.sampled_from(["\f", "   ", "\t", "      # far out", "# at the margin", "\\\n"])
        )
        lines.insert(row, odd)
    if draw(st.integers(0, 3)) == 0:
        lines.insert(0, "\f")
    candidate = "\n".join(lines)
    if draw(st.booleans()):
        candidate = candidate.rstrip("\n")
    if parses(candidate):
        text = candidate
    kind = draw(st.sampled_from(["plain", "plain", "bom", "latin", "utf"]))
    encoding = "latin-1" if kind == "latin" and _fits(text, "latin-1") else "utf-8"
    if kind in ("latin", "utf"):
        text = f"# -*- coding: {encoding} -*-\n{text}"
    data = text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))).encode(encoding)
    return b"\xef\xbb\xbf" + data if kind == "bom" else data


def _with_step(line: str, step: str) -> str:
    body = line.lstrip(" ")
    depth, rest = divmod(len(line) - len(body), 4)
    return step * depth + " " * rest + body


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
