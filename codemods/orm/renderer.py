"""What reads rows outside of plain Python code, as a function that the interpreter can run.

A template, a schema and a response model read attributes of the rows that they are given. Each is
turned into a synthetic Python function whose body makes the same reads in the same order, so that
nothing above has to know how rows are rendered.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field

from codemods.source import Place


@dataclass(frozen=True, eq=False)
class Renderer:
    """One template, schema or response model.

    Args:
        name: as a user knows it: `templates/boats.html`, `BookSchema.dump`.
        function: synthetic; its parameters are the names of the context, or `rows`.
        places: where each node that a finding may show was written.
        names: the full names of what the function's free names stand for.
        instances: the full names of the classes of which free names are instances. Any other
            free name that is no builtin is a value of which nothing is known.
        shows_loaded: True where the output has whatever is loaded of a row, so that an eager
            option changes it.
    """

    name: str
    function: ast.FunctionDef
    places: Mapping[ast.AST, Place]
    names: Mapping[str, str] = field(default_factory=dict)
    instances: Mapping[str, str] = field(default_factory=dict)
    shows_loaded: bool = False

    def place(self, node: ast.AST) -> Place | None:
        """Where `node` was written, or None where it stands for nothing that was."""
        return self.places.get(node)
