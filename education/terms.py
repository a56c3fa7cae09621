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
    {"a", "abbr", "audio", "button", "canvas", "caption", "code", "dfn", "dt", "form", "h1", "h2"}
    | {
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "label",
        "legend",
        "nav",
        "option",
        "pre",
        "script",
        "select",
    }
    | {"style", "summary", "svg", "template", "textarea", "th", "title", "video"}
)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track"}
    | {"wbr"}
)
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
# What may stand between the words of one name.
_JOINT = re.compile(r"[ \n/-]\s*")


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
            if key and shared[key] == 1:
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


class _Linker(HTMLParser):
    def __init__(self, index: TermIndex, known: Iterable[str]) -> None:
        super().__init__(convert_charrefs=False)
        self.index = index
        self.out: list[str] = []
        self.used: dict[str, ListedTerm] = {}
        self._seen = set(known)
        # Open elements that keep their text as it is.
        self._quiet: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.out.append(self.get_starttag_text() or "")
        if tag in _VOID:
            return
        if self._quiet or tag in _QUIET or any(name == "data-no-terms" for name, _value in attrs):
            self._quiet.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.out.append(f"</{tag}>")
        if tag in self._quiet:
            while self._quiet and self._quiet.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.out.append(data if self._quiet else self._linked(data))

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.out.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.out.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.out.append(f"<?{data}>")

    def _linked(self, text: str) -> str:
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
    linker = _Linker(index, known)
    linker.feed(html)
    linker.close()
    return "".join(linker.out), list(linker.used.values())
