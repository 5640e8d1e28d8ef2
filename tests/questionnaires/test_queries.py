import uuid

import pytest
from sqlalchemy.exc import NoResultFound

from tests.factories.opportunities import make_opportunity
from tests.opportunities.conftest import counted
from tests.questionnaires.conftest import TWO_PAGES
from vrn_community.extensions import db
from vrn_community.questionnaires import editing, queries, services
from vrn_community.questionnaires.models import VersionState


@pytest.fixture
def versions(opportunity, author):
    """Return a replaced version, the one in use, and a draft."""
    made = []
    for number in range(3):
        version = services.begin(opportunity, by=author)
        words = f"Version {number + 1}"
        services.edit(version, editing.change_frame(TWO_PAGES, introduction=words), by=author)
        if number < 2:
            services.publish(version, by=author)
        made.append(version)
    db.session.commit()
    return made


def test_each_version_is_found_by_what_it_is(opportunity, versions):
    assert queries.versions(opportunity.id) == versions[::-1]
    assert queries.published(opportunity.id) is versions[1]
    assert queries.draft(opportunity.id) is versions[2]
    assert queries.version(versions[0].id) is versions[0]


def test_another_opportunity_has_versions_of_its_own(versions, author):
    other = make_opportunity(author)

    assert queries.versions(other.id) == []
    assert queries.published(other.id) is queries.draft(other.id) is None


def test_an_unknown_version_is_not_found(session):
    with pytest.raises(NoResultFound):
        queries.version(uuid.uuid4())


def test_a_version_in_use_is_parsed_once_and_its_text_not_read_again(opportunity, versions):
    key, parsed = opportunity.id, queries.document(versions[1])
    db.session.expunge_all()

    with counted() as statements:
        again = queries.document(queries.published(key))

    assert again is parsed
    assert len(statements) == 1
    assert "document" not in statements[0]


def test_a_draft_is_parsed_as_it_is_now(opportunity, versions, author):
    draft = versions[2]
    assert queries.document(draft).introduction == "Version 3"
    db.session.rollback()

    services.edit(draft, TWO_PAGES, by=author)

    assert queries.document(draft) == TWO_PAGES


def test_what_was_kept_is_bounded(versions, monkeypatch):
    monkeypatch.setattr(queries, "MOST_PARSED", 1)
    for version in versions[:2] * 2:
        assert queries.document(version).introduction == f"Version {version.number}"

    assert versions[1].state is VersionState.PUBLISHED
    assert len(queries._parsed) <= 200
