"""What somebody typed is given back where it could not be saved, but for what is secret."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form, PasswordField

from tests.pages import Page
from vrn_community.foundation import typed
from vrn_community.safeguarding.forms.keys import RecoverForm

DECIDE = "/desk/safeguarding/7c9e6679-7425-40de-944b-e07fc1f90ae7/decide"
WORDS, SECRET = "They wait by the canal.", "correct horse battery staple"


def every_form() -> list[type[Form]]:
    """Return each class of forms that the service has."""
    found, parents = [], [Form]
    while parents:
        found += (children := parents.pop().__subclasses__())
        parents += children
    return found


def test_every_secret_of_every_form_is_known(app) -> None:
    secrets = {
        name
        for form in every_form()
        for name, field in vars(form).items()
        if issubclass(getattr(field, "field_class", str), PasswordField)
    }

    assert {"password", "passphrase", "before", "again"} <= secrets
    assert [name for name in secrets if not typed.is_secret(name)] == []
    assert "recovery" in vars(RecoverForm)
    assert typed.is_secret("recover-recovery")


@pytest.mark.parametrize("name", ["passphrase", "reveal-passphrase", "change-before", "new-again"])
def test_words_come_back_and_secrets_do_not(name: str) -> None:
    form = MultiDict({name: SECRET, "move": "up", "note-reasons": WORDS})

    assert typed.written(form) == [WORDS]


def test_a_passphrase_stands_on_no_page_for_who_is_signed_out(client) -> None:
    sent = {"reveal-passphrase": SECRET, "recover-recovery": SECRET, "reasons": WORDS}

    page = Page.of(client.post(DECIDE, data=sent), status=401)

    assert page.has(WORDS)
    assert SECRET not in page.text
