"""Texts that a file has in several languages, read in one of them; pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from vrn_community.questionnaires.importers import wording


@dataclass(frozen=True)
class Voice:
    """Chooses texts in one language."""

    language: str
    default: str
    is_base: bool

    def text(self, texts: Mapping[str, str]) -> str:
        """Return a text in plain words; the base language takes another where it is missing."""
        order = [self.language, *([self.default, *texts] if self.is_base else [])]
        words = (wording.of_html(texts.get(language, "")) for language in order)
        return next((found for found in words if found), "")
