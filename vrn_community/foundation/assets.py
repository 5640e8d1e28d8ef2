"""Static files, read once at start, under names that change with their content."""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from flask import Flask, Response, abort, current_app, request

from vrn_community.foundation.permissions import public

STATIC = Path(__file__).resolve().parents[2] / "static"
URL = "/static/"
STYLE_SHEET = "css/site.css"
#: Joined into one style sheet in this order; the first names the cascade layers.
STYLE_LAYERS = ("tokens", "base", "layout", "components", "utilities", "print")
INSIDE_CSS = re.compile(r'url\("/static/([^"]+)"\)')
TEXT = (".css", ".js", ".svg", ".txt")
FOREVER = "public, max-age=31536000, immutable"

mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("text/javascript", ".js")


@dataclass(frozen=True)
class Asset:
    """One static file as it is served."""

    name: str
    body: bytes
    gzipped: bytes | None
    mimetype: str


class Assets:
    """All static files of the service by path and by hashed name."""

    def __init__(self, folder: Path = STATIC) -> None:
        """Read every file below a folder; style sheets last, because they name the others."""
        self.by_name: dict[str, Asset] = {}
        self.hashed: dict[str, str] = {}
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        for path in paths:
            if path.suffix != ".css":
                self.add(path.relative_to(folder).as_posix(), path.read_bytes())
        for path in paths:
            if path.suffix == ".css" and path.stem.split("-")[0] not in STYLE_LAYERS:
                self.add_style(path.relative_to(folder).as_posix(), path.read_text("utf-8"))
        self.add_style(STYLE_SHEET, joined_styles(folder / "css"))

    def add(self, path: str, body: bytes) -> None:
        """Add a file under a name that holds a hash of its content."""
        pure = PurePosixPath(path)
        digest = hashlib.sha256(body).hexdigest()[:10]
        name = str(pure.with_name(f"{pure.stem}.{digest}{pure.suffix}"))
        mimetype = mimetypes.guess_type(path)[0] or "application/octet-stream"
        gzipped = gzip.compress(body, 9, mtime=0) if pure.suffix in TEXT else None
        self.by_name[name] = Asset(name, body, gzipped, mimetype)
        self.hashed[path] = name

    def add_style(self, path: str, text: str) -> None:
        """Add a style sheet whose references are replaced by hashed names."""
        self.add(path, INSIDE_CSS.sub(lambda found: f'url("{self.url(found[1])}")', text).encode())

    def url(self, path: str) -> str:
        """Return the address of a static file; KeyError if there is none."""
        return URL + self.hashed[path]


def joined_styles(folder: Path) -> str:
    """Return the text of all style layers in their order, `components-*.css` with `components`."""
    parts = [
        path.read_text("utf-8")
        for layer in STYLE_LAYERS
        for path in [folder / f"{layer}.css", *sorted(folder.glob(f"{layer}-*.css"))]
        if path.exists()
    ]
    return "\n".join(parts)


@public
def serve(name: str) -> Response:
    """Answer a static file, compressed where the browser takes it."""
    asset = current_app.extensions["assets"].by_name.get(name)
    if asset is None:
        abort(404)
    small = asset.gzipped is not None and request.accept_encodings.quality("gzip") > 0
    response = Response(asset.gzipped if small else asset.body, mimetype=asset.mimetype)
    response.headers["Cache-Control"] = FOREVER
    if asset.gzipped is not None:
        response.vary.add("Accept-Encoding")
    if small:
        response.headers["Content-Encoding"] = "gzip"
    return response


def init_app(app: Flask) -> None:
    """Serve the static files and let templates ask `asset_url("img/mark.svg")`."""
    assets = Assets()
    app.extensions["assets"] = assets
    app.jinja_env.globals["asset_url"] = assets.url
    app.add_url_rule(f"{URL}<path:name>", "static", serve)
