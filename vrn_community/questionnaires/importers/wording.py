"""Texts of other programs as plain words: HTML and Markdown go, what they say stays; pure."""

import re
from html.parser import HTMLParser

from vrn_community.foundation import text as cleaning

LONGEST = 1_000
BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol"})
SILENT = frozenset({"script", "style", "head", "title"})
BLANKS = re.compile(r"[ \t\u00a0]+")
GAPS = re.compile(r" *\n\s*\n+ *")
EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
HEADING = re.compile(r"^#{1,6} +", re.MULTILINE)
MARKUP = re.compile(r"<[a-zA-Z/!]|&[#a-zA-Z][a-zA-Z0-9]{1,30};")
PICTURE = re.compile(r"<(img|video|audio|iframe|object)\b", re.IGNORECASE)


class _Words(HTMLParser):
    """Collects the words of HTML, with a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        if tag in BREAKS:
            self.parts.append("\n")
        if tag == "img":
            self.parts.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT and self.silent > 0
        if tag in BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


def of_html(html: str) -> str:
    """Return the words of a text that may be HTML."""
    if MARKUP.search(html) is None:
        return _tidy(html)
    parser = _Words()
    parser.feed(re.sub(r"\s+", " ", html))
    parser.close()
    return _tidy("".join(parser.parts))


def of_markdown(text: str) -> str:
    """Return the words of a label of XLSForm, which may hold some Markdown and some HTML."""
    return of_html(_with_breaks(HEADING.sub("", EMPHASIS.sub(r"\2", text))))


def _with_breaks(text: str) -> str:
    return text.replace("\n", "<br>") if MARKUP.search(text) else text


def _tidy(text: str) -> str:
    lines = [BLANKS.sub(" ", line).strip() for line in cleaning.plain(text).split("\n")]
    return GAPS.sub("\n\n", "\n".join(lines)).strip()


def has_picture(html: str) -> bool:
    """Return whether a text shows a picture or plays something."""
    return PICTURE.search(html) is not None


def cut(text: str, longest: int = LONGEST) -> tuple[str, str]:
    """Return as much of a text as there is room for, up to a whole word, and the rest."""
    if len(text) <= longest:
        return text, ""
    ends = [text.rfind(end, longest // 2, longest - 1) for end in ("\n", " ")]
    place = max(ends) if max(ends) > 0 else longest - 1
    return text[:place].rstrip() + "\N{HORIZONTAL ELLIPSIS}", text[place:].strip()
