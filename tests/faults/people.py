"""People who answer the demonstration's open questionnaire over real connections."""

import http.client
import re
import urllib.parse
from dataclasses import dataclass
from urllib.parse import urlsplit

TITLE = "Safe+on+the+way+home+from+school"
HIDDEN = re.compile(r'name="(state|v)" value="([^"]+)"')
CODE = re.compile(r'class="receipt-code"><bdi dir="ltr">([0-9A-Z ]+)</bdi>')
#: What one person sends on each page of the questionnaire.
PAGES: tuple[dict[str, str], ...] = (
    {},
    {"age-band": "16-17"},
    {"how-safe": "depends", "how": "walk", "where": "e06000016"},
    {"when": "after-school", "what-happens": "It is dark there."},
    {"adults": "agree", "one-thing": "More lights."},
    {"may_quote": "y"},
)


@dataclass
class Person:
    """One browser without cookies."""

    site: str
    url: str = ""

    def __post_init__(self) -> None:
        """Connect, and find the questionnaire."""
        parts = urlsplit(self.site)
        self.connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        if not self.url:
            listed = self.get(f"/opportunities?q={TITLE}")
            found = re.search(r'href="(/o/\w{7})"', listed)
            assert found, listed[:500]
            self.url = f"{found[1]}/answer"

    def close(self) -> None:
        """Close the browser."""
        self.connection.close()

    def get(self, path: str) -> str:
        """Open a page."""
        self.connection.request("GET", path, headers={"User-Agent": "canary-agent"})
        return self._read()

    def post(self, data: dict[str, str]) -> str:
        """Send a page of the questionnaire."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "User-Agent": "canary-agent",
            "Referer": f"{self.site}/canary-referrer",
            "X-Forwarded-For": "203.0.113.77",
        }
        self.connection.request("POST", self.url, urllib.parse.urlencode(data), headers)
        return self._read()

    def _read(self) -> str:
        answer = self.connection.getresponse()
        text = answer.read().decode()
        assert answer.status == 200, (answer.status, text[:300])
        return text

    def walk(self, words: str = "") -> dict[str, str]:
        """Answer every page up to the last, and return the form that would send it."""
        page = self.get(self.url)
        for sent in PAGES:
            own = {"one-thing": words} if words and "one-thing" in sent else {}
            page = self.post({**dict(HIDDEN.findall(page)), "go": "next", **sent, **own})
        return {**dict(HIDDEN.findall(page)), "go": "send"}

    def send(self, form: dict[str, str]) -> str:
        """Press *Send*, and return the receipt code."""
        found = CODE.search(self.post(form))
        assert found, "There is no receipt code."
        return found[1]
