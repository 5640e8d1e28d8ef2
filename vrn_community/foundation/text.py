"""Text made safe: Markdown of staff becomes clean HTML, everything else stays plain."""

import re
import unicodedata

import bleach
import nh3
from markdown_it import MarkdownIt

TAGS = frozenset(
    {"a", "blockquote", "br", "code", "em", "h2", "h3", "hr", "li", "ol", "p", "strong", "ul"}
    | {"table", "tbody", "td", "th", "thead", "tr"}
)
ATTRIBUTES = {"a": ["href", "title"], "th": ["scope"]}
PROTOCOLS = frozenset({"http", "https", "mailto", "tel"})
NEVER_TEXT = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
HEADING = re.compile(r"<(/?)h([1-6])>")
LOWERED = {"1": 2, "2": 2, "3": 3, "4": 3, "5": 3, "6": 3}
_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")


def clean_html(html: str) -> str:
    """Return HTML with nothing but the allowed tags; nh3 has the last word after bleach.

    bleach is no longer maintained, so nothing rests on it alone.
    """
    once = bleach.clean(html, tags=TAGS, attributes=ATTRIBUTES, protocols=PROTOCOLS, strip=True)
    return nh3.clean(
        once,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes=set(PROTOCOLS),
        link_rel="nofollow noreferrer",
    )


def clean_markdown(source: str) -> str:
    """Return the clean HTML of a Markdown text, its headings lowered to the second and third level.

    The page has its own first-level heading, and levels must not be skipped.
    """
    html = HEADING.sub(lambda found: f"<{found[1]}h{LOWERED[found[2]]}>", _markdown.render(source))
    return clean_html(html.replace("<th>", '<th scope="col">'))


def lowered(html: str, steps: int) -> str:
    """Return clean HTML with its headings so many levels lower, to stand below others."""
    return HEADING.sub(lambda found: f"<{found[1]}h{min(6, int(found[2]) + steps)}>", html)


def plain(text: str) -> str:
    """Return typed text without control characters, in one Unicode form, trimmed."""
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return NEVER_TEXT.sub("", normal).strip()
