"""Rules' pages: from a rule's docstring and from its golden cases, which ship in the wheel."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

from codemods.edits import unified_diff
from codemods.rule import Rule, catalogue
from codemods.selection import SelectionError, codes

_EXAMPLE = "Example: "


@dataclass(frozen=True)
class Example:
    """One golden case: what it is about, and what the rule makes of it as a unified diff."""

    name: str
    situation: str
    diff: str


@dataclass(frozen=True)
class Told:
    """Code of which a rule without a fix tells; a comment stands where it does."""

    situation: str
    code: str


def find_rule(name: str) -> Rule:
    """The rule of a name or code.

    Raises:
        SelectionError: if there is none, or a prefix fits several.
    """
    wanted = codes([name])
    found = [rule for rule in catalogue() if rule.code in wanted]
    if len(found) != 1:
        names = ", ".join(f"`{rule.code}`" for rule in found) or "none with a page"
        raise SelectionError(f"`{name}` is not one rule: it stands for {names}")
    return found[0]


def page(rule: Rule) -> str:
    """The rule's page as Markdown."""
    parts = [f"# {rule.name} ({rule.code})", rule.page]
    shown = example(rule)
    if shown is not None:
        text = f"## Example\n\n{shown.situation}" if shown.situation else "## Example"
        parts.append(f"{text}\n\n```diff\n{shown.diff.rstrip()}\n```")
    elif (told := _told(rule)) is not None:
        parts.append(f"## Example\n\n{told.situation}\n\n```python\n{told.code}\n```")
    return "\n\n".join(parts) + "\n"


def rules_table() -> list[tuple[str, str, str, str]]:
    """Code, name, default and summary of every rule."""
    return [(rule.code, rule.name, rule.default, rule.summary) for rule in catalogue()]


def example(rule: Rule) -> Example | None:
    """The case whose docstring begins with `Example: `, else the first one by name."""
    cases = _cases(rule)
    marked = [case for case in cases if _situation(case).startswith(_EXAMPLE)]
    if not cases:
        return None
    case = (marked or cases)[0]
    situation = _sentence(_situation(case).removeprefix(_EXAMPLE))
    return Example(case.name, situation, _diff(case))


def _cases(rule: Rule) -> list[Path]:
    folder = _cases_folder() / rule.name.replace("-", "_")
    if not folder.is_dir():
        return []
    cases = (path for path in folder.iterdir() if _side(path, "before").exists())
    return sorted(path for path in cases if _side(path, "after").exists())


def _told(rule: Rule) -> Told | None:
    """The first code in a file for what is told, with the functions of the file that it calls."""
    files = (_cases_folder() / rule.name.replace("-", "_") / "left_alone").glob("*.py")
    mark = re.compile(rf"  # found: {rule.name}\b.*")
    for path in sorted(files, key=lambda path: (path.stem not in ("told", "found"), path.name)):
        text = path.read_text("utf-8")
        first = mark.search(text)
        if first is None:
            continue
        tree, row = ast.parse(text), text.count("\n", 0, first.start()) + 1
        shown = [node for node in tree.body if node.lineno <= row <= (node.end_lineno or 0)]
        named = {node.id for part in shown for node in ast.walk(part) if isinstance(node, ast.Name)}
        called = [
            node
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name in named
        ]
        rows = text.split("\n")
        parts = ["\n".join(rows[_begin(n) - 1 : n.end_lineno]) for n in (*called, *shown)]
        return Told(
            _sentence(ast.get_docstring(tree) or ""),
            mark.sub(f"  # {rule.code}", "\n\n\n".join(parts)),
        )
    return None


def _begin(node: ast.stmt) -> int:
    """The row of a statement, its decorators included."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return min(part.lineno for part in (node, *node.decorator_list))
    return node.lineno


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _cases_folder() -> Path:
    package = Path(__file__).parent
    installed = package / "_cases"
    return installed if installed.is_dir() else package.parent / "before_after"


def _side(case: Path, name: str) -> Path:
    """`before.py` or the folder `before/`."""
    file = case / f"{name}.py"
    return file if file.is_file() else case / name


def _situation(case: Path) -> str:
    before = _side(case, "before")
    main = before / "main.py" if before.is_dir() else before
    try:
        text = ast.get_docstring(ast.parse(main.read_bytes()))
    except (OSError, SyntaxError):
        return ""
    return (text or "").strip()


def _diff(case: Path) -> str:
    before, after = _side(case, "before"), _side(case, "after")
    if before.is_file():
        pairs = [(before, after, before.name)]
    else:
        names = sorted(p.relative_to(before).as_posix() for p in before.rglob("*.py"))
        pairs = [(before / name, after / name, name) for name in names]
    parts = [unified_diff(one.read_bytes(), other.read_bytes(), name) for one, other, name in pairs]
    return b"".join(parts).decode("utf-8", "replace")
