"""Ways to find calls in sources, by what their names mean and not by how they are written."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

BUILT_IN = {"eval", "exec", "compile", "__import__"}


class Source:
    """One file's tree, in which each name is known by where it was imported from."""

    def __init__(self, text: str) -> None:
        self.nodes = list(ast.walk(ast.parse(text)))
        self.imported: list[tuple[str, int]] = []
        self._known = {name: f"builtins.{name}" for name in BUILT_IN}
        for node in self.nodes:
            self._learn(node)

    def _learn(self, node: ast.AST) -> None:
        if isinstance(node, ast.Import):
            for alias in node.names:
                self.imported.append((alias.name, node.lineno))
                first = alias.name.split(".")[0]
                self._known[alias.asname or first] = alias.name if alias.asname else first
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                self.imported.append((f"{node.module}.{alias.name}", node.lineno))
                self._known[alias.asname or alias.name] = f"{node.module}.{alias.name}"

    def name_of(self, node: ast.AST) -> str:
        """The full name of what an expression refers to; what cannot be told begins with a dot or is empty."""
        if isinstance(node, ast.Name):
            return self._known.get(node.id, "")
        if isinstance(node, ast.Attribute):
            return f"{self.name_of(node.value)}.{node.attr}"
        return ""

    def calls(self) -> Iterator[ast.Call]:
        """Every call."""
        return (node for node in self.nodes if isinstance(node, ast.Call))


Finder = Callable[[Source], Iterator[int]]


@dataclass(frozen=True)
class Rule:
    """What is not to stand in the sources, why, and the files or folders where it may."""

    why: str
    find: Finder
    reviewed: frozenset[str] = frozenset()


def imports(*names: str, but: str = "") -> Finder:
    """Lines that import one of these modules, or something out of it."""

    def find(source: Source) -> Iterator[int]:
        for imported, line in source.imported:
            if imported != but and any(f"{imported}.".startswith(f"{name}.") for name in names):
                yield line

    return find


def refers_to(*names: str) -> Finder:
    """Lines that use one of these functions, called or handed on, or import it by its name."""

    def find(source: Source) -> Iterator[int]:
        yield from (line for imported, line in source.imported if imported in names)
        for node in source.nodes:
            if isinstance(node, ast.Name | ast.Attribute) and source.name_of(node) in names:
                yield node.lineno

    return find


def calls_method(*names: str) -> Finder:
    """Lines that call a method of such a name, of whatever."""

    def find(source: Source) -> Iterator[int]:
        for call in source.calls():
            if isinstance(call.func, ast.Attribute) and call.func.attr in names:
                yield call.lineno

    return find


def any_of(*finders: Finder) -> Finder:
    """Lines that any of these finds."""

    def find(source: Source) -> Iterator[int]:
        for finder in finders:
            yield from finder(source)

    return find


def a_shell(source: Source) -> Iterator[int]:
    """Commands that a shell reads."""
    for call in source.calls():
        for keyword in call.keywords:
            if keyword.arg == "shell" and not (
                isinstance(keyword.value, ast.Constant) and keyword.value.value is False
            ):
                yield call.lineno


def names_a_pickler(source: Source) -> Iterator[int]:
    """Settings that choose pickle by its name."""
    for node in source.nodes:
        if isinstance(node, ast.Constant) and re.fullmatch(r"(?i)\S*pickle\S*", str(node.value)):
            yield node.lineno


def soup_of_xml(source: Source) -> Iterator[int]:
    """Beautiful Soup with a reader other than Python's own for HTML."""
    for call in source.calls():
        chosen = call.args[1] if len(call.args) > 1 else None
        if source.name_of(call.func) == "bs4.BeautifulSoup" and getattr(chosen, "value", "") != "html.parser":
            yield call.lineno


def a_weak_hash(source: Source) -> Iterator[int]:
    """hashlib.new with a name that is weak, or not written there."""
    for call in source.calls():
        if source.name_of(call.func) == "hashlib.new":
            chosen = call.args[0] if call.args else None
            if not isinstance(chosen, ast.Constant) or str(chosen.value).lower() in {"md4", "md5", "sha1", "ripemd160"}:
                yield call.lineno


def _is_written_out(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) or (isinstance(value, ast.Name) and value.id.isupper())


def declared_safe(source: Source) -> Iterator[int]:
    """Text that is not written in the source and goes out as HTML without being escaped; mark_safe handed on."""
    names = {f"django.utils.safestring.{name}" for name in ("mark_safe", "SafeString", "SafeText")}
    called = {id(call.func): call for call in source.calls()}
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef) and node.name == "__html__":
            yield node.lineno
        elif isinstance(node, ast.Name | ast.Attribute) and source.name_of(node) in names:
            call = called.get(id(node))
            is_handed_on = call is None and source.name_of(node).endswith("mark_safe")
            if is_handed_on or (call and not all(map(_is_written_out, call.args))):
                yield node.lineno


def html_in_pieces(source: Source) -> Iterator[int]:
    """A frame of format_html that is put together before it escapes anything."""
    places = {"django.utils.html.format_html": 0, "django.utils.html.format_html_join": 1}
    for call in source.calls():
        place = places.get(source.name_of(call.func))
        if place is not None and not (len(call.args) > place and _is_written_out(call.args[place])):
            yield call.lineno


def sql_in_pieces(source: Source) -> Iterator[int]:
    """SQL that is put together where it is sent, other than by psycopg's own composing."""
    for call in source.calls():
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"execute", "executemany"} and call.args:
            sent = call.args[0]
            if isinstance(sent, ast.JoinedStr | ast.BinOp) or (
                isinstance(sent, ast.Call) and not _composed(source, sent)
            ):
                yield call.lineno


def _composed(source: Source, made: ast.Call) -> bool:
    while isinstance(made.func, ast.Attribute) and isinstance(made.func.value, ast.Call):
        made = made.func.value
    return source.name_of(made.func) == "psycopg.sql.SQL"
