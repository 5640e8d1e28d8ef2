"""The catalogues hold every text, each in full, with the same placeholders."""

import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from vrn_community.config import PROJECT_ROOT
from vrn_community.foundation.i18n import LANGUAGES, SOURCE

FOLDER = PROJECT_ROOT / "translations"
TEMPLATE = FOLDER / "messages.pot"
TRANSLATED = sorted(set(LANGUAGES) - {SOURCE})
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def catalogue(path: Path) -> Catalog:
    return read_po(io.StringIO(path.read_text("utf-8")))


def extracted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    target = tmp_path / "messages.pot"
    monkeypatch.chdir(PROJECT_ROOT)
    monkeypatch.syspath_prepend(str(PROJECT_ROOT))
    command = ["pybabel", "-q", "extract", "-F", "pyproject.toml", "-k", "_l", "-o"]
    command += [str(target), "."]
    CommandLineInterface().run(command)
    return catalogue(target)


def texts(found: Catalog) -> set[object]:
    return {message.id for message in found if message.id}


def test_the_template_holds_exactly_the_texts_of_the_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    current = texts(extracted(tmp_path, monkeypatch))
    kept = texts(catalogue(TEMPLATE))

    assert current == kept, f"Run `make catalogue`. {list(current ^ kept)[:5]}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_language_has_every_text(language: str) -> None:
    found = catalogue(FOLDER / language / "LC_MESSAGES" / "messages.po")
    missing = [message.id for message in found if message.id and not is_whole(message)]

    assert texts(found) == texts(catalogue(TEMPLATE))
    assert not missing, f"{len(missing)} texts are missing, such as {missing[:3]}"
    assert not [message.id for message in found if message.id and message.fuzzy]


def is_whole(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(strings)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_placeholders_of_its_source(language: str) -> None:
    for message in catalogue(FOLDER / language / "LC_MESSAGES" / "messages.po"):
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple | list) else [message.string]
        owed = {frozenset(PLACEHOLDER.findall(source)) for source in sources}
        for text in strings:
            assert frozenset(PLACEHOLDER.findall(text)) in owed, message.id
