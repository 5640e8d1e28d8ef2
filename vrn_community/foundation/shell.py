"""The parts that many public pages share, made once for each language and page of the menu."""

from collections.abc import Hashable

from flask import Flask, current_app, request
from markupsafe import Markup

from vrn_community.foundation import i18n


def shared_part(name: str, **given: Hashable) -> Markup:
    """Return a template that depends on the language, the endpoint and what it is given.

    There are only so many of each, so every process keeps what it has made.
    """
    memory: dict[Hashable, Markup] = current_app.extensions["shell"]
    key = (name, i18n.current_language(), request.endpoint, *given.items())
    if key not in memory:
        body = current_app.jinja_env.get_template(name).render(**given)
        memory[key] = Markup(body)  # noqa: S704 - the template has escaped it. nosemgrep: markup
    return memory[key]


def init_app(app: Flask) -> None:
    """Let templates ask for `shared_part("layouts/_menu.html")`."""
    app.extensions["shell"] = {}
    app.jinja_env.globals["shared_part"] = shared_part
