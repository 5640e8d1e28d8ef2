"""Files that browsers save: under names in which nothing can be a header, a path or a trick."""

import re

from flask import Response

#: All that a name may hold (ASVS 5.4.2): it needs no quoting and no encoding anywhere.
FOREIGN = re.compile(r"[^A-Za-z0-9._-]+")
LONGEST = 100


def file(body: str | bytes, name: str, mimetype: str) -> Response:
    """Return a file to be saved under a name, however odd what the name was made of."""
    answer = Response(body, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{safe_name(name)}"'
    return answer


def safe_name(name: str) -> str:
    """Return a name with a stroke for whatever no file should be called; its ending stays."""
    plain = re.sub(r"\.{2,}", ".", FOREIGN.sub("-", name))
    return plain[-LONGEST:].lstrip(".-") or "file"
