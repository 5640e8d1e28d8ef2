from tests.oversight.meetings.conftest import group

__all__ = ["group"]
