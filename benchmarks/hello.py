"""The yardstick: the smallest page that Flask can answer."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello() -> str:
    return "<!doctype html><title>Hello</title><h1>Hello</h1>"
