"""The catalogues of translated texts, read once in each process instead of once a request."""

from functools import cached_property

from flask_babel import Babel, Domain


class KeptBabel(Babel):  # type: ignore[misc]
    """The Babel extension with a memory for its catalogues."""

    @cached_property
    def domain_instance(self) -> Domain:
        """Return the same domain, with the catalogues that it has read, for every request."""
        return Domain(domain="messages")
