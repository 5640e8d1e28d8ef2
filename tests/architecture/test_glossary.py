"""The README is true: its glossary names every model, its table every setting."""

import re

from vrn_community import config, create_app
from vrn_community.accounts.labels import ROLES
from vrn_community.extensions import db

README = (config.PROJECT_ROOT / "README.md").read_text("utf-8")


def section(title: str) -> str:
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", README, re.M | re.S)
    assert found, f"The README has no section {title!r}."
    return found[1]


def test_every_model_is_in_the_glossary() -> None:
    create_app(config.for_tests())
    glossary = section("Glossary")

    for mapper in db.Model.registry.mappers:
        name = mapper.class_.__name__
        assert f"`{name}`" in glossary, f"{name} is not in the glossary."


def test_every_name_in_the_glossary_exists() -> None:
    create_app(config.for_tests())
    models = {mapper.class_.__name__ for mapper in db.Model.registry.mappers}

    for name in re.findall(r"\| `(\w+)` \|", section("Glossary")):
        assert name in models, f"{name} is in the glossary and nowhere else."


def test_every_setting_is_documented() -> None:
    settings = section("Settings")

    for variable in config.VARIABLES.values():
        assert f"`{variable}`" in settings, f"{variable} is not documented."
    for name in re.findall(r"`((?:VRN_)\w+|DATABASE_URL|REDIS_URL)`", settings):
        assert name in config.VARIABLES.values(), f"{name} is documented and not read."


def test_every_role_is_in_the_table_of_roles() -> None:
    roles = section("Roles")

    for role, label in ROLES.items():
        assert str(label) in roles, role


def test_every_file_that_the_readme_shows_is_there() -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)\)", README):
        assert (config.PROJECT_ROOT / target).exists(), target
    for folder in re.findall(r"^(\w[\w/.-]*/)\s", section("The map"), re.M):
        assert (config.PROJECT_ROOT / folder).exists(), folder


def test_every_command_that_the_readme_names_is_in_the_makefile() -> None:
    makefile = (config.PROJECT_ROOT / "Makefile").read_text("utf-8")

    for target in re.findall(r"`make (\w+)`", README):
        assert re.search(rf"^{target}:", makefile, re.M), target
