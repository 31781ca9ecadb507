"""From a call that renders to the functions of the templates that it may render."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from codemods.facts.loaders import Folders, LoaderFacts, read_loaders
from codemods.facts.symbols import Call, Symbol, dotted_name, text_of
from codemods.facts.templates import STANDARD, ParsedTemplate, Syntax, parse_text
from codemods.facts.values import ModuleFacts
from codemods.orm.renderer import Renderer
from codemods.orm.rendering_calls import ModuleText, RenderCall
from codemods.orm.template_functions import template_function
from codemods.project.index import ProjectIndex
from codemods.project.template_files import TemplateFiles
from codemods.source import SourceFile

# The decorators that give templates a function, by the last parts of their names.
_REGISTERING = {
    f"{prefix}template_{kind}": kind
    for prefix in ("", "app_")
    for kind in ("filter", "test", "global")
}

# A name in more templates than these is one that many views give them.
_FEW = 12


class Templates:
    """The templates of a project, found and turned into functions when they are asked for.

    Args:
        index: the linked project.
        sources: every Python file of the project with its module's name.
        overlay: bytes that stand for what a file has on disk.
        read: gives the content of a file on disk.
    """

    def __init__(
        self,
        index: ProjectIndex,
        sources: Iterable[tuple[SourceFile, str]],
        overlay: Mapping[Path, bytes] | None = None,
        read: Callable[[Path], bytes] = Path.read_bytes,
    ) -> None:
        self.index = index
        self._sources = sources
        self._overlay = overlay
        self._read = read
        self._renderers: dict[object, Renderer | None] = {}

    def renderers(
        self, call: RenderCall, module: ModuleFacts, given: frozenset[str] | None = None
    ) -> tuple[Renderer, ...]:
        """The functions of what a call in `module` renders.

        Args:
            given: the names that the template is known to be given, if these are more than those
                that are passed one by one.

        Several are the templates of which one is rendered; none: the template is not known.
        """
        given = call.given if given is None else given
        loader = self._loader(call, module)
        syntax = STANDARD if loader is None else loader.syntax
        if syntax is None:
            return ()
        search = _Search(self, tuple(self._folders(call, module, loader)), loader, syntax)
        if call.text is not None:
            parsed = self._in_code(call.text, module, syntax)
            name = f"the template in {self._label(module.path)}"
            made = [] if parsed is None else [self._made(name, parsed, search, given)]
        else:
            found = [(name, search.find(name)) for name in call.templates]
            if call.first:
                found = [item for item in found if item[1] is not None][:1]
            made = [
                None if parsed is None else self._made(name, parsed, search, given)
                for name, parsed in found
            ]
        known = tuple(item for item in made if item is not None)
        return known if len(known) == len(made) else ()

    def naming(self, name: str, module: ModuleFacts) -> tuple[Renderer, ...]:
        """The functions of the templates in which a name is written, at most a few."""
        call = RenderCall("flask")
        search = _Search(self, tuple(self._folders(call, module, None)), None, STANDARD)
        found = []
        for path in self.files.paths:
            source = self.files.source(path)
            if source is None or name.encode() not in source.data:
                continue
            parsed = self.files.parsed(path)
            if isinstance(parsed, ParsedTemplate):
                made = self._made(path.name, parsed, search, frozenset())
                if made and any(item.arg == name for item in made.function.args.args):
                    found.append(made)
        return tuple(found) if len(found) <= _FEW else ()

    def _made(
        self, name: str, parsed: ParsedTemplate, search: _Search, given: frozenset[str]
    ) -> Renderer | None:
        key = parsed, search.key, given
        if key not in self._renderers:
            label = name if parsed.place else self._label(parsed.source.path)
            self._renderers[key] = template_function(
                label, parsed, search.find, given=given, symbols=self.symbols
            )
        return self._renderers[key]

    def _label(self, path: Path) -> str:
        root = self.index.root
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()

    def _in_code(
        self, text: ast.Constant | ModuleText, module: ModuleFacts, syntax: Syntax
    ) -> ParsedTemplate | None:
        """The template that a text in the code is."""
        if isinstance(text, ModuleText):
            return parse_text(text.text, self.source(text.place.path), text.place, syntax)
        source = self.source(module.path)
        return parse_text(str(text.value), source, source.place(text), syntax)

    def source(self, path: Path) -> SourceFile:
        """A Python file of the project."""
        return next(source for source, _ in self._sources if source.path == path)

    # -- where templates lie

    @cached_property
    def loaders(self) -> tuple[LoaderFacts, ...]:
        """Everything in the project that loads templates."""
        root = self.index.root
        return tuple(
            loader for source, name in self._sources for loader in read_loaders(source, name, root)
        )

    @cached_property
    def files(self) -> TemplateFiles:
        folders = {f for loader in self.loaders for group in loader.folders for f in group}
        folders -= {self.index.root}
        return TemplateFiles(
            self.index.root, self.index.settings, folders, self._overlay, self._read
        )

    def _loader(self, call: RenderCall, module: ModuleFacts) -> LoaderFacts | None:
        """The object that a call gets its template from, if it is known or there is just one."""
        if call.framework in ("flask", "pyramid"):
            return None
        of_kind = [loader for loader in self.loaders if loader.kind == call.framework]
        dotted = None if call.loader is None else dotted_name(call.loader)
        if dotted is not None:
            full_name = self.index.resolve(module, dotted) or f"{module.module}.{dotted}"
            named = [loader for loader in of_kind if loader.name == full_name]
            if len(named) == 1:
                return named[0]
        return of_kind[0] if len(of_kind) == 1 else None

    def _folders(
        self, call: RenderCall, module: ModuleFacts, loader: LoaderFacts | None
    ) -> Iterator[Folders]:
        """What is looked through, in order; of folders in one tuple nobody knows which."""
        match call.framework:
            case "flask":
                for kind in ("flask", "blueprint"):
                    yield tuple(
                        folder
                        for item in self.loaders
                        if item.kind == kind
                        for group in item.folders
                        for folder in group
                    )
            case "pyramid":
                yield (module.path.parent,)
                yield (self.index.root, self.index.root / "src")
            case _ if loader is not None:
                yield from loader.folders

    # -- what a project adds

    @cached_property
    def symbols(self) -> Mapping[str, str]:
        """The project's functions that templates can use: `filter money` by full name."""
        found: dict[str, set[str]] = {}
        for module in self.index.modules.values():
            for function in module.functions.values():
                for item in function.decorations:
                    if registered := _registered(item, function.name):
                        found.setdefault(registered, set()).add(function.full_name)
        return {name: full.pop() for name, full in found.items() if len(full) == 1}


class _Search:
    """How the templates of one call are found."""

    def __init__(
        self,
        templates: Templates,
        folders: tuple[Folders, ...],
        loader: LoaderFacts | None,
        syntax: Syntax,
    ) -> None:
        self.templates = templates
        self.folders = folders
        self.texts = {} if loader is None else loader.texts
        self.syntax = syntax
        self.key = folders, syntax, frozenset(self.texts.items())
        self._in_code: dict[str, ParsedTemplate | None] = {}

    def find(self, name: str) -> ParsedTemplate | None:
        if name in self.texts:
            if name not in self._in_code:
                text, place = self.texts[name]
                source = self.templates.source(place.path)
                self._in_code[name] = parse_text(text, source, place, self.syntax)
            return self._in_code[name]
        package, colon, inside = name.rpartition(":")
        whole = f"{package.replace('.', '/')}/{inside}" if colon else name
        path = self.templates.files.find(whole, self.folders)
        found = None if path is None else self.templates.files.parsed(path, self.syntax)
        return found if isinstance(found, ParsedTemplate) else None


def _registered(decorator: Symbol, function: str) -> str | None:
    """`filter money` of `@app.template_filter("money")`."""
    call = decorator if isinstance(decorator, Call) else Call(decorator)
    kind = _REGISTERING.get(call.func.rpartition(".")[2])
    if kind is None:
        return None
    given = call.argument(0, "name")
    name = function if given is None else text_of(given)
    return f"{kind} {name}" if name else None
