"""Small display helpers."""

import pytest

from tgsite.templatetags.tgsite_tags import linked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Ask your team & nurse", "Ask your team &amp; nurse"),
        ("1-800-227-2345", '<a href="tel:18002272345">1-800-227-2345</a>'),
        ("see a.gov.", 'see <a href="https://a.gov" rel="external">a.gov</a>.'),
        ("a.org/x <b>", '<a href="https://a.org/x" rel="external">a.org/x</a> &lt;b&gt;'),
        ("10-800-227-23456", "10-800-227-23456"),
        ("vitamin.E", "vitamin.E"),
    ],
    ids=["empty", "plain", "telephone", "host", "host-and-markup", "other-digits", "no-host"],
)
def test_contacts_in_a_cell_become_links(text: str, expected: str) -> None:
    assert linked(text) == expected
