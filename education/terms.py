"""Turns the first use of each glossary term in a page's text into a link to its definition.

The page's HTML is read as a stream and passed through byte for byte; only text between tags
changes. Nothing inside headings, links, buttons, forms, names of medicines or elements marked
``data-no-terms`` becomes a link.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from itertools import pairwise

from education.shelf import ListedTerm

# Text in these is no running text, or is a name, a title or a control already.
_QUIET = frozenset(
    {"h1", "h2", "h3", "h4", "h5", "h6", "caption", "summary", "th", "dt", "title", "head"}
    | {"a", "nav", "button", "form", "label", "legend", "option", "select", "textarea"}
    | {"abbr", "code", "dfn", "pre"}
    | {"audio", "canvas", "script", "style", "svg", "template", "video"}
)
# These have no end tag.
_VOID = frozenset(
    {"base", "link", "meta", "br", "wbr", "hr", "input"}
    | {"area", "col", "embed", "img", "source", "track"}
)
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
# What may stand between the words of one name.
_JOINT = re.compile(r"[ \n/-]\s*")

# A sign that is part of a name, as in ER+: without it the words mean something else.
_SIGN = re.compile(r"[^\w\s/'\u2019().,-]")
# Part of an address: www.cell.example, help@cell.example.
_ADDRESS_BEFORE, _ADDRESS_AFTER = re.compile(r"\w[@.]$"), re.compile(r"^[@.]\w")


@dataclass(frozen=True)
class _Name:
    """One way to write a term; ``term`` is nothing for the name of a medicine."""

    text: str
    term: ListedTerm | None

    @property
    def is_exact(self) -> bool:
        """Capital letters are part of a name: PR is not pr."""
        return self.text != self.text.lower()


def _key(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(text))


class TermIndex:
    """Finds terms in text. ``medicines`` are names in which no word becomes a link."""

    def __init__(self, terms: Iterable[ListedTerm], medicines: Iterable[str] = ()) -> None:
        linked = [term for term in terms if term.link_on_pages]
        names = [_Name(text, term) for term in linked for text in (term.term, *term.other_names)]
        # A name that two terms share says nothing.
        shared = Counter(key for key, _term in {(_key(name.text), name.term) for name in names})
        self._names: dict[tuple[str, ...], _Name] = {}
        for name in names:
            key = _key(name.text)
            if key and shared[key] == 1 and not _SIGN.search(name.text):
                self._names.setdefault(key, name)
        for text in medicines:
            if key := _key(text):
                self._names[key] = _Name(text.lower(), None)
        # First word -> most words of a name that begins with it.
        self._starts: dict[str, int] = {}
        for key in self._names:
            self._starts[key[0]] = max(len(key), self._starts.get(key[0], 0))

    def find(self, text: str) -> Iterable[tuple[int, int, _Name]]:
        """Start, end and name of each use, longest first, none inside another."""
        words = list(_WORD.finditer(text))
        folded = [word.group().casefold() for word in words]
        place = 0
        while place < len(words):
            # Only the last word of a name can be a plural: any word can, of a name of one word.
            longest = min(self._starts.get(folded[place], 1), len(words) - place)
            for length in range(longest, 0, -1):
                end = place + length
                name = self._name(text, words[place:end], tuple(folded[place:end]))
                if name:
                    yield words[place].start(), words[end - 1].end(), name
                    place = end
                    break
            else:
                place += 1

    def _name(self, text: str, words: list[re.Match[str]], key: tuple[str, ...]) -> _Name | None:
        found = (self._names.get(form) for form in _forms(key))
        name = next((name for name in found if name), None)
        if name is None or not _is_joined(text, words):
            return None
        start, end = words[0].start(), words[-1].end()
        written = " ".join(word.group() for word in words)
        if name.is_exact and not written.startswith(" ".join(_WORD.findall(name.text))):
            return None
        if _ADDRESS_BEFORE.search(text[:start][-2:]) or _ADDRESS_AFTER.search(text[end : end + 2]):
            return None
        inside_a_word = text[:start].endswith("-") or text[end:].startswith("-")
        # HER2-positive is about HER2; a cell-surface is not about the cell.
        if inside_a_word and not (name.is_exact and not text[:start].endswith("-")):
            return None if name.term else name
        return name


def _forms(key: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The words as they stand, then with the last one in what may be its singular."""
    last = key[-1]
    if not last.endswith("s"):
        return [key]
    rest = key[:-1]
    return [key] + [
        (*rest, last[: -len(ending)] + instead)
        for ending, instead in (("ies", "y"), ("ses", "sis"), ("es", ""), ("s", ""))
        if last.endswith(ending) and len(last) > len(ending) + 1
    ]


def _is_joined(text: str, words: list[re.Match[str]]) -> bool:
    return all(
        _JOINT.fullmatch(text[before.end() : after.start()]) for before, after in pairwise(words)
    )


@dataclass(frozen=True)
class _Piece:
    """Where a tag, a text or anything else of a page begins, and whether its words may link."""

    start: int
    is_text: bool


class _Reader(HTMLParser):
    """Notes where each piece of the page begins; what it means is left to the pieces."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces: list[_Piece] = []
        # Start of each line in the page.
        self._lines = [0, *(match.end() for match in re.finditer("\n", html))]
        # Open elements, and of each whether its text stays as it is.
        self._open: list[tuple[str, bool]] = []

    def _note(self, *, is_text: bool = False) -> None:
        line, column = self.getpos()
        self.pieces.append(_Piece(self._lines[line - 1] + column, is_text))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note()
        if tag not in _VOID:
            marked = any(name == "data-no-terms" for name, _value in attrs)
            self._open.append((tag, tag in _QUIET or marked))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note()

    def handle_endtag(self, tag: str) -> None:
        self._note()
        if any(tag == name for name, _quiet in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._note(is_text=not any(quiet for _tag, quiet in self._open))

    def handle_entityref(self, name: str) -> None:
        self._note()

    def handle_charref(self, name: str) -> None:
        self._note()

    def handle_comment(self, data: str) -> None:
        self._note()

    def handle_decl(self, decl: str) -> None:
        self._note()

    def handle_pi(self, data: str) -> None:
        self._note()

    def unknown_decl(self, data: str) -> None:
        self._note()


class _Linker:
    """Links the first use of each term in one text after the other."""

    def __init__(self, index: TermIndex, known: Iterable[str]) -> None:
        self.index = index
        self.used: dict[str, ListedTerm] = {}
        self._seen = set(known)

    def linked(self, text: str) -> str:
        """The text with its links."""
        parts, at = [], 0
        for start, end, name in self.index.find(text):
            term = name.term
            if term is None or term.slug in self._seen:
                continue
            self._seen.add(term.slug)
            self.used[term.slug] = term
            url, slug = escape(term.url), escape(term.slug)
            link = f'<a class="term" href="{url}" data-term="term-{slug}">{text[start:end]}</a>'
            parts += [text[at:start], link]
            at = end
        return "".join([*parts, text[at:]])


def link_terms(
    html: str, index: TermIndex, known: Iterable[str] = ()
) -> tuple[str, list[ListedTerm]]:
    """``html`` with links, and the terms that it links to in the order of their first use.

    ``known`` are slugs of terms that the page itself explains.
    """
    reader = _Reader(html)
    reader.feed(html)
    reader.close()
    linker = _Linker(index, known)
    out = []
    # One piece ends where the next begins; before the first and after the last stands nothing.
    for piece, after in pairwise([*reader.pieces, _Piece(len(html), is_text=False)]):
        text = html[piece.start : after.start]
        out.append(linker.linked(text) if piece.is_text else text)
    return "".join(out), list(linker.used.values())
