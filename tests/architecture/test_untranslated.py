"""No text escapes translation: with every message in brackets, nothing may stand outside them."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from babel.messages.mofile import write_mo
from flask import Flask

from tests.architecture.test_translations import TEMPLATE, catalogue
from tests.databases import of_kind, opened
from tests.pages import NAMESPACE, Page
from vrn_community import demo
from vrn_community.extensions import babel, db
from vrn_community.opportunities.models import Opportunity

PATHS = [
    "/ur/", "/ur/opportunities", "/ur/opportunities?level=inform", "/ur/priorities",
    "/ur/priorities/4", "/ur/about", "/ur/decides", "/ur/sources", "/ur/help", "/ur/privacy",
    "/ur/accessibility", "/ur/register", "/ur/heard", "/ur/code", "/ur/words", "/ur/safety-online",
    "/ur/style-guide", "/ur/nowhere", "/ur/privacy/ask", "/ur/privacy/complain",
    "/ur/privacy/data-requests", "/ur/privacy/10-12", "/ur/privacy/13-15", "/ur/privacy/16-17",
    "/ur/privacy/what-we-hold",
]  # fmt: skip
LETTERS = re.compile(r"[A-Za-z]{2,}")
#: Elements that hold no words of ours: what was typed, numbers and codes.
NOT_WORDS = ("script", "textarea", "bdi")
ATTRIBUTES = ("alt", "aria-label", "placeholder", "title")


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory: pytest.TempPathFactory, worker: str) -> Iterator[Flask]:
    """Return the service with a made-up translation that puts every message into brackets."""
    folder = tmp_path_factory.mktemp("pseudo") / "ur" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    messages = catalogue(TEMPLATE)
    for message in messages:
        if isinstance(message.id, tuple):
            message.string = tuple(f"[{text}]" for text in message.id)
        elif message.id:
            message.string = f"[{message.id}]"
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, messages)
    with of_kind("sqlite", f"pseudo_{worker}") as database, opened(database.settings) as app:
        demo.load()
        db.session.commit()
        app.extensions["babel"].translation_directories = [str(folder.parents[1])]
        babel.domain_instance.cache.clear()
        yield app
        babel.domain_instance.cache.clear()


@pytest.mark.parametrize("path", PATHS)
def test_a_public_page_has_no_untranslated_text(pseudo: Flask, path: str) -> None:
    client = pseudo.test_client()
    page = Page.get(client, path, status=404 if path.endswith("nowhere") else 200)

    assert list(outside_brackets(page)) == []


def test_the_page_of_an_opportunity_has_no_untranslated_text(pseudo: Flask) -> None:
    client = pseudo.test_client()
    listed = Page.get(client, "/ur/opportunities")
    links = [link for link in listed.links() if link.startswith("/ur/o/")]

    assert links
    for link in links:
        for url in (link, f"{link}/print", f"{link}/privacy", f"{link}/privacy/adult"):
            outside = list(outside_brackets(Page.get(client, url, follow_redirects=True)))
            # The title repeats the heading, and a title cannot say which language it is in.
            assert [text for text in outside if not text.startswith("title:")] == []


def test_asking_to_be_reached_has_no_untranslated_text(pseudo: Flask) -> None:
    client = pseudo.test_client()
    with pseudo.app_context():
        code = db.session.scalar(db.select(Opportunity.code).where(Opportunity.is_sensitive))
    url = f"/ur/o/{code}/reach"
    asked = Page.get(client, url)
    left = {"state": asked.hidden("state"), "reach": "07700", "area": ""}

    for page in (asked, Page.of(client.post(url, data=left)), Page.of(client.post(url))):
        assert list(outside_brackets(page)) == []


def outside_brackets(page: Page) -> Iterator[str]:
    """Yield texts that are neither translated nor marked as being in English."""
    yield from walk(page.all("html")[0], covered=False)


def walk(element: Any, *, covered: bool) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag.removeprefix(NAMESPACE) in NOT_WORDS:
        return
    covered = covered or element.get("lang") == "en"
    own = [element.text, *(child.tail for child in element)]
    if not covered:
        texts = [text for text in own if text]
        texts += [element.get(name) for name in ATTRIBUTES if element.get(name)]
        joined = " ".join(texts)
        if LETTERS.search(remove_brackets(joined)):
            yield f"{element.tag.removeprefix(NAMESPACE)}: {joined.strip()[:90]}"
    for child in element:
        yield from walk(child, covered=covered)


def remove_brackets(text: str) -> str:
    """Return what is outside the outermost brackets; brackets that open and never close count."""
    before = None
    while before != text:
        before, text = text, re.sub(r"\[[^\[\]]*\]", "", text)
    return text.replace("VRN Community", "")
