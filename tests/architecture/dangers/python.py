"""Bad lines, each of which a rule in python.yml must find. Nothing here is ever run."""

# ruff: noqa
import hashlib
import io
import logging
import os
import pickle
import random
import subprocess
import urllib.request
import uuid
from pathlib import Path

from cryptography.fernet import Fernet
from flask import current_app, redirect, render_template_string, request, send_file, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import text


def markup(words):
    # ruleid: markup
    shown = Markup(words)
    # ruleid: markup
    shown += Markup(f"<b>{words}</b>")
    # ok: markup
    return shown + Markup("<b>{}</b>").format(words) + Markup(_("Said: %(words)s")) % words


def sql(session, name):
    # ruleid: sql
    session.execute(text(f"SELECT * FROM account WHERE name = '{name}'"))
    # ruleid: sql
    session.execute(text("SELECT * FROM account WHERE name = '%s'" % name))
    # ruleid: sql
    session.execute("SELECT 1 WHERE 'a' = '%s'" % name)
    # ok: sql
    session.execute(text("SELECT * FROM account WHERE name = :name"), {"name": name})


def leads_on():
    target = request.args.get("next")
    if target:
        # ruleid: redirect
        return redirect(target, 303)
    # ok: redirect
    return redirect(url_for("home", page=request.args.get("page")))


def files():
    name = request.form["name"]
    # ruleid: file
    send_file(name)
    # ruleid: file
    open(f"/data/{name}")
    # ruleid: file
    Path("/data", name)
    # ok: file
    return send_file(io.BytesIO(request.get_data()))


def chance():
    # ruleid: chance
    code = random.randint(0, 9)
    # ok: chance
    return code + random.SystemRandom().randint(0, 9)


def ids(key):
    # ruleid: timed-id
    Fernet(key)
    # ruleid: timed-id
    uuid.uuid1()
    # ok: timed-id
    return uuid.uuid4()


def template(words):
    # ruleid: template
    return render_template_string(words)


def run(words):
    # ruleid: run
    eval(words)
    # ruleid: run
    subprocess.run(words, shell=True)
    # ruleid: run
    os.system(words)
    # ruleid: run
    return pickle.loads(words)


def hashed(words):
    # ruleid: weak-hash
    return hashlib.sha1(words)


def asks(url):
    # ruleid: other-server
    return urllib.request.urlopen(url)


def unprotected(app):
    # ruleid: forgery
    app.config["WTF_CSRF_ENABLED"] = False


def logs(form):
    # ruleid: log
    current_app.logger.info("Somebody wrote %s", form.words.data)
    # ruleid: log
    logging.warning("At %s", request.path)
    # ok: log
    logging.warning("In %s", request.endpoint)


def device(limits):
    # ok: device
    limits.count("draft", request.remote_addr)
    limits.allows("draft", request.remote_addr)
    # ruleid: device
    return request.remote_addr, 1


def serve(app):
    # ruleid: debugger
    app.run(debug=True)
