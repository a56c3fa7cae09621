"""Writes plain values as YAML that people can read and compare: one style, whatever the text."""

from __future__ import annotations

import re
from typing import Any

import yaml

WIDTH = 100
# Texts of several lines that stand in a block as they are; all others go in quotes.
_BLOCK = re.compile(r"\S[^\n]*(?:\n+\S[^\n]*)+\n?")
_ODD = re.compile(r"[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\U00010000-\U0010ffff]")


class _Dumper(yaml.SafeDumper):
    """Indents lists below their key, and repeats a value instead of pointing to it."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Never without an indent."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, _data: Any) -> bool:
        """The reader refuses aliases."""
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = None
    if _ODD.search(text):
        style = '"'
    elif "\n" in text:
        plain = _BLOCK.fullmatch(text) and not re.search(r"[ \xa0]\n|[ \xa0]$", text)
        style = "|" if plain else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def as_yaml(values: Any) -> bytes:
    """The file of ``values`` (mappings, lists, texts, numbers, yes and no), keys in their order."""
    text: str = yaml.dump(  # a subclass of the safe dumper
        values,
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=False,
        width=WIDTH,
    )
    return text.encode()
