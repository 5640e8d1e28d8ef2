"""The WSGI application, for any server: `wsgi:app`."""

from vrn_community import create_app

app = create_app()
