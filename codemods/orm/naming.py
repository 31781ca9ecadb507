"""Names for new variables, made of models and keys as people make them."""

from __future__ import annotations

import ast
import keyword
import re
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk

if TYPE_CHECKING:
    from codemods.project.model import Model

_JOINTS = re.compile(r"(?<=[a-z])_(with|without|by|of|for|in|to|from|per|on)_")
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_IRREGULAR = {
    "person": "people", "child": "children", "man": "men", "woman": "women", "shelf": "shelves",
    "leaf": "leaves", "half": "halves", "life": "lives", "index": "indexes", "alias": "aliases",
    "movie": "movies", "cookie": "cookies", "tie": "ties", "pie": "pies", "calorie": "calories",
    "zombie": "zombies", "selfie": "selfies", "rookie": "rookies", "hoodie": "hoodies",
}  # fmt: skip
_SAME = frozenset({
    "data", "news", "series", "species", "status", "equipment", "information", "metadata", "alias",
})  # fmt: skip


_PREPOSITIONS = frozenset({"by", "to", "from", "of", "at", "in", "for", "with", "on"})


def snake(name: str) -> str:
    """`OrderLine` as `order_line`."""
    return _WORD.sub("_", name.replace("OAuth", "Oauth")).lower()


def plural(name: str) -> str:
    """`category` as `categories`; a name that is a plural already stays."""
    head, _, word = name.rpartition("_")
    prefix = f"{head}_" if head else ""
    if word in _IRREGULAR:
        return prefix + _IRREGULAR[word]
    if word in _SAME or word in _IRREGULAR.values():
        return name
    if re.search(r"[^aeiou]y$", word):
        return prefix + word[:-1] + "ies"
    if re.search(r"(s|x|z|ch|sh)$", word):
        return name if re.search(r"[^su]s$", word) else f"{name}es"
    return f"all_{name}" if keyword.iskeyword(f"{name}s") else f"{name}s"


def targets(relationship: str, target: str | None) -> str:
    """What one calls the rows that a relationship leads to: `orders`, `hidden_by_users`.

    Args:
        target: the full name of their class.
    """
    if target is not None and relationship.rpartition("_")[2] in _PREPOSITIONS:
        return f"{relationship}_{plural(snake(target.rpartition('.')[2]))}"
    return plural(relationship)


def singular(name: str) -> str:
    """`categories` as `category`; a name that is no plural stays."""
    head, _, word = name.rpartition("_")
    prefix = f"{head}_" if head else ""
    for one, many in _IRREGULAR.items():
        if word == many:
            return prefix + one
    if word in _SAME or len(word) < 4:
        return name
    if word.endswith("ies"):
        return prefix + word[:-3] + "y"
    if re.search(r"(sses|(?<![oa])uses|xes|zes|ches|shes)$", word):
        return prefix + word[:-2]
    if word.endswith("yses"):
        return prefix + word[:-2] + "is"
    if word.endswith("s") and not word.endswith(("ss", "sis", "xis")):
        return prefix + word[:-1]
    return name


def noun(model: Model) -> str:
    """What a variable for one row is called; the names of tables are plural at times."""
    name = snake(model.name)
    return singular(name) if model.core else name


def one_of(items: str) -> str:
    """One of several: `order_id` of `order_ids`, `tenant` of `all_tenants`, `policy_with_conditions` of
    `policies_with_conditions`; `items` itself if it is no plural."""
    head, joint, rest = items, "", ""
    if found := _JOINTS.search(items):
        head, joint, rest = items.partition(found.group())
    one = head[:-1] if head.endswith("_ids") else singular(head)
    return (one.removeprefix("all_") or one) + joint + rest


def words(name: str) -> str:
    """`order_lines` as people say it."""
    return " ".join(filter(None, name.split("_")))


def each_of(items: str) -> str:
    """`for each of these orders`, as far as what they are called is a plural."""
    plain = items == singular(items) and not items.endswith("ids")
    return f"for each item of {items}" if plain else f"for each of these {items}"


def used_names(tree: ast.AST) -> set[str]:
    """Every name that is read or bound anywhere in a piece of code."""
    found: set[str] = set()
    for node in walk(tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.alias):
            found.add((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            found.add(node.name)
        elif isinstance(node, ast.MatchMapping) and node.rest:
            found.add(node.rest)
    return found


def free(wanted: str, *alternatives: str, taken: set[str]) -> str:
    """The first of these names that is not taken, else the first one with a number."""
    for name in (wanted, *alternatives):
        if name not in taken:
            return name
    number = 2
    while f"{wanted}_{number}" in taken:
        number += 1
    return f"{wanted}_{number}"


def bound_names(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Every name that a function, or one inside of it, binds."""
    found: set[str] = set()
    for node in walk(function):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
                found.add(name)
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                found |= {a.asname or a.name.partition(".")[0] for a in aliases}
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                found |= {name} - ({function.name} if node is function else set())
            case ast.ClassDef(name=name) | ast.ExceptHandler(name=str() as name):
                found.add(name)
            case ast.MatchAs(name=str() as name) | ast.MatchStar(name=str() as name):
                found.add(name)
            case ast.MatchMapping(rest=str() as name):
                found.add(name)
    return found
