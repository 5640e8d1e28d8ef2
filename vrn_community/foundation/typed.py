"""What somebody typed into a form, as far as a page may give it back to them."""

from werkzeug.datastructures import MultiDict

#: Fields that no page ever shows or carries, by the last part of their names.
SECRET = frozenset(
    {"password", "passphrase", "again", "before", "recovery", "proof_code", "proof_passkey"}
)


def is_secret(name: str) -> bool:
    """Return whether a field holds a secret; a form may have put words before its name."""
    return name.rpartition("-")[2] in SECRET


def written(form: MultiDict[str, str]) -> list[str]:
    """Return what a person wrote of more than one word, to be copied: never a secret.

    What is chosen is one word.
    """
    return [
        text
        for name, text in form.items(multi=True)
        if len(text.split()) > 1 and not is_secret(name)
    ]
