"""One file's text to `ModuleFacts` without parsing all of it."""

from __future__ import annotations

from codemods.facts.functions import Function
from codemods.facts.parse import ParseError, parse, parse_text
from codemods.facts.read import Reader
from codemods.facts.skeleton import Misread, skeleton
from codemods.facts.values import ModuleFacts
from codemods.source import SourceFile, UndecodableError


def skim_module(
    source: SourceFile, module: str, is_package: bool
) -> tuple[ModuleFacts, dict[str, Function]]:
    """As `read_module`, without parsing functions in which there is hardly anything to see.

    Of these `FunctionFacts.parsed` is False, and a syntax error in them is not noticed. With the
    facts come the nodes of functions that are worth a second look, by their qualified names.
    """
    try:
        short = skeleton(source.text)
        reader = Reader(source, module, is_package, short.hints)
        return reader.read(parse_text(source, short.text)), reader.nodes
    except (UndecodableError, SyntaxError, ParseError, Misread):
        tree = parse(source)
        reader = Reader(source, module, is_package)
        return reader.read(tree), reader.nodes
