import unicodedata

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrn_community.foundation import text

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<math><mtext></table><mglyph><style><img src=x onerror=alert(1)>",
    "[press](javascript:alert(1))",
    "[press](JaVaScRiPt:alert(1))",
    "[press](java\tscript:alert(1))",
    "[press](data:text/html,<script>alert(1)</script>)",
    "[press](vbscript:msgbox)",
    '<a href="javascript:alert(1)">x</a>',
    '<p style="background:url(//evil.example)">x</p>',
    '<a href="/" onclick="alert(1)">x</a>',
    "<iframe src=//evil.example></iframe>",
    "<form action=//evil.example><input name=password></form>",
    "![a picture](https://evil.example/pixel.png)",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0>",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "`<script>`\n\n    <script>alert(1)</script>",
    '[x](/ "\\" onmouseover=alert(1) ")',
    '<https://evil.example/"onmouseover=alert(1)>',
]
NEUTRAL = {"html", "head", "body"}


def elements(html):
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return [element for element in tree.iter() if isinstance(element.tag, str)]


def assert_is_clean(html):
    for element in elements(html):
        assert element.tag in text.TAGS | NEUTRAL | {"table", "tbody"}, element.tag
        allowed = {*text.ATTRIBUTES.get(element.tag, ()), "rel"}
        assert set(element.attrib) <= allowed, element.attrib
        href = element.get("href", "")
        assert not href.lower().replace("\t", "").startswith(("javascript", "data", "vbscript"))


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_staff_paste_can_run(attack):
    assert_is_clean(text.clean_markdown(attack))
    assert_is_clean(text.clean_html(attack))


@given(st.text(alphabet="<>/\"'=&;:()[]!#`*_-| \n\tascriptonhefjv", max_size=200))
def test_nothing_that_anybody_types_becomes_more_than_the_allowed_tags(source):
    assert_is_clean(text.clean_markdown(source))


def test_markdown_becomes_what_its_author_meant():
    html = text.clean_markdown("Look at **lights** and *paths*.\n\n- one\n- two")

    assert "<strong>lights</strong>" in html
    assert "<em>paths</em>" in html
    assert html.count("<li>") == 2


def test_headings_stand_below_the_heading_of_the_page():
    html = text.clean_markdown("# One\n\n### Three\n\nUnder\n---\n\n###### Six")

    assert [e.tag for e in elements(html) if e.tag[0] == "h" and e.tag[1:].isdigit()] == [
        "h2",
        "h3",
        "h2",
        "h3",
    ]


def test_links_to_elsewhere_say_nothing_about_where_people_came_from():
    html = text.clean_markdown("[a page](https://example.org/?a=1&b=2)")

    assert 'href="https://example.org/?a=1&amp;b=2"' in html
    assert 'rel="nofollow noreferrer"' in html


@pytest.mark.parametrize("address", ["mailto:a@example.org", "tel:999", "/help", "#part"])
def test_harmless_links_stay(address):
    assert f'href="{address}"' in text.clean_markdown(f"[x]({address})")


def test_the_heads_of_tables_say_what_they_are_heads_of():
    html = text.clean_markdown("| Place | When |\n|---|---|\n| Melton | May |")

    assert html.count('<th scope="col">') == 2
    assert "<td>Melton</td>" in html


def test_cleaning_twice_changes_nothing():
    once = text.clean_markdown("# Hello\n\n[x](https://example.org) & **more** <b>y</b>")

    assert text.clean_html(once) == once


@given(st.text())
def test_plain_text_has_one_form_and_nothing_invisible(typed):
    result = text.plain(typed)

    assert result == unicodedata.normalize("NFC", result)
    assert not text.NEVER_TEXT.search(result)
    assert "\r" not in result
    assert text.plain(result) == result


def test_plain_text_keeps_what_people_write():
    assert text.plain("  one\r\ntwo\tthree\x00 \u200cاردو 👍 ") == "one\ntwo\tthree \u200cاردو 👍"
