"""Somebody who sends slowly, or never to the end, holds up nobody else."""

import io

import pytest

from tests.accounts.signing_in import cookie
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db

FORM = b"title=A+long+story&email=a%40example.org&password=x"
KIND = "application/x-www-form-urlencoded"


class Watched(io.BytesIO):
    """What somebody sends; it notes whether the database was in use at each piece of it."""

    def __init__(self, content):
        super().__init__(content)
        self.was_in_use = []

    def note(self):
        in_use = db.session.registry.has() and db.session().in_transaction()
        self.was_in_use.append(in_use)

    def read(self, *size):
        self.note()
        return super().read(*size)

    def readinto(self, buffer):
        self.note()
        return super().readinto(buffer)


@pytest.fixture
def publisher(sign_in_as, partnership):
    return sign_in_as(Role.PUBLISHER)


@pytest.mark.parametrize(
    "url",
    ["/desk/opportunities/new", "/desk/settings", "/desk/sign-in", "/desk/nowhere", "/privacy"],
)
@pytest.mark.parametrize("kind", [KIND, "multipart/form-data; boundary=x", "text/plain"])
def test_everything_is_read_before_the_database_is_asked(publisher, url, kind):
    assert cookie(publisher)  # Somebody signed in: there is a session to look up.
    sent = Watched(FORM)

    answer = publisher.post(url, input_stream=sent, content_type=kind, content_length=len(FORM))

    assert answer.status_code < 500
    assert sent.was_in_use
    assert not any(sent.was_in_use)
    assert sent.tell() == len(FORM)


@pytest.mark.parametrize("url", ["/desk/settings", "/privacy"])
def test_too_much_is_refused_before_the_database_is_asked(publisher, url):
    sent = Watched(b"x" * 10)

    large = {"CONTENT_LENGTH": str(50 * 1024 * 1024)}
    answer = publisher.post(url, input_stream=sent, content_type=KIND, environ_overrides=large)

    assert answer.status_code == 413
    assert sent.was_in_use == []
