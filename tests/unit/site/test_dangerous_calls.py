"""The sources call nothing that runs, unpacks or trusts what came from outside, but where somebody looked at it.

Where a rule names files, somebody read each use in them; whoever adds a file says why it is safe.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import openpyxl.xml
import pytest

from tests.unit.site.finders import (
    BUILT_IN,
    Rule,
    Source,
    a_shell,
    a_weak_hash,
    any_of,
    calls_method,
    declared_safe,
    html_in_pieces,
    imports,
    names_a_pickler,
    refers_to,
    soup_of_xml,
    sql_in_pieces,
)

ROOT = Path(__file__).resolve().parents[3]
ROOMS = ("campaign_site", "content", "media", "social_publisher")


RULES = {
    "text run as code": Rule(
        "Text is never run as code.",
        refers_to(*(f"builtins.{name}" for name in BUILT_IN), "code.InteractiveInterpreter", "runpy.run_path"),
    ),
    "templates of text": Rule(
        "Templates are files; text that somebody typed is only ever a value in one.",
        any_of(refers_to("django.template.Template", "django.template.base.Template"), calls_method("from_string")),
    ),
    "unpickling": Rule(
        "Unpacking what came from outside runs it. JSON carries what we keep.",
        any_of(
            imports("pickle", "_pickle", "cPickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "jsonpickle"),
            refers_to("yaml.load", "yaml.load_all", "yaml.unsafe_load", "yaml.full_load", "yaml.Loader"),
            names_a_pickler,
        ),
    ),
    "a shell": Rule(
        "Programs are started with a list of arguments, which no shell reads.",
        any_of(
            a_shell,
            refers_to("os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput", "pty.spawn"),
            refers_to("asyncio.create_subprocess_shell", "asyncio.subprocess.create_subprocess_shell"),
        ),
    ),
    "guessable numbers": Rule(
        "Secrets come from the module secrets. Only how long a delay is, and drawings, may be guessed.",
        any_of(imports("random", "numpy.random"), refers_to("uuid.uuid1")),
        frozenset(
            {
                "social_publisher/delivery/retry.py",  # delays
                "content/starter/art.py",  # drawings, the same each time
                "content/starter/campaign_art.py",
            }
        ),
    ),
    "readers of XML": Rule(
        "XML is read by defusedxml, which resolves nothing from outside and refuses bombs.",
        # What oEmbed writes names its attributes with it; it reads nothing.
        any_of(imports("xml", "lxml", "xmltodict", but="xml.sax.xmlreader.AttributesImpl"), soup_of_xml),
    ),
    "weak hashes": Rule(
        "MD5 and SHA-1 are broken: use SHA-256 or BLAKE2.",
        any_of(refers_to("hashlib.md5", "hashlib.sha1"), a_weak_hash),
    ),
    "other cryptography": Rule(
        "Encryption is done by Fernet and age, and nobody builds on their parts; tokens are checked in one place.",
        imports(
            "cryptography.hazmat", "Crypto", "Cryptodome", "nacl", "OpenSSL", "rsa", "ecdsa", "jwt", "jose", "crypt"
        ),
        frozenset({"campaign_site/sign_in/id_tokens.py"}),
    ),
    "text declared safe": Rule(
        "HTML that is declared safe is not escaped: let format_html or a template make it.",
        declared_safe,
        frozenset(
            {
                "campaign_site/machine/linked_data/graph.py",  # < > & are numbers
                "content/blocks/text.py",  # cleaned by Wagtail's editor as it came in
                "content/search/highlight.py",  # escaped, then cleaned
                "content/templatetags/remembered.py",  # a template made it
                "social_publisher/rehearsal/views.py",  # text_to_html escapes and cleans
                "social_publisher/showcase.py",
                "social_publisher/templatetags/desk.py",  # marked escapes each piece
                "social_publisher/templatetags/desk_calendar.py",  # format_html made each entry
            }
        ),
    ),
    "frames of format_html": Rule(
        "The first argument of format_html is not escaped: write it out, and give values after it.",
        html_in_pieces,
    ),
    "SQL beside the ORM": Rule(
        "Django's own queries take values as parameters; .extra and RawSQL take text.",
        any_of(calls_method("extra", "raw"), refers_to("django.db.models.expressions.RawSQL")),
        frozenset(
            {
                "social_publisher/approval/sealing.py",  # constants
                "social_publisher/delivery/reconcile.py",
                "social_publisher/reports/archive.py",
            }
        ),
    ),
    "SQL put together": Rule(
        "Values go into SQL as parameters, names by psycopg's sql.Identifier.",
        sql_in_pieces,
        frozenset(
            {
                "campaign_site/backup/restore.py",  # composed by psycopg, a line before
                "campaign_site/page_cache/watch.py",  # all others: of constants and the models' tables
                "content/search/find.py",
                "content/search/receivers.py",
                "content/stamps.py",
                "social_publisher/clock/listener.py",
                "social_publisher/engagement/rollup.py",
                "social_publisher/engagement/spending.py",
            }
        ),
    ),
    "calls to elsewhere": Rule(
        "Other machines are called from these places alone.",
        any_of(
            imports("httpx", "requests", "urllib3", "urllib.request", "http.client", "aiohttp", "websockets"),
            imports("ftplib", "telnetlib", "imaplib", "poplib", "paramiko", "boto3", "pycurl", "xmlrpc"),
            imports("authlib", "requests_oauthlib", "mastodon", "atproto_client", "pytwitter"),
            refers_to("socket.create_connection", "socket.socket", "asyncio.open_connection", "smtplib.SMTP"),
        ),
        frozenset(
            {
                "social_publisher/networks/",
                "social_publisher/notices/webhooks.py",
                "social_publisher/connections/picture.py",
                "social_publisher/delivery/launching.py",  # pages of this site
                "campaign_site/sign_in/openid.py",  # the organisation's own sign-in
                "campaign_site/observability/certificate.py",  # this site's own address
                "campaign_site/launcher/__main__.py",  # this machine's own ports
                "campaign_site/launcher/preflight.py",
            }
        ),
    ),
}

# What each rule is there to find.
WRONG = {
    "text run as code": [
        "eval(text)", "exec(text)", "compile(text, '', 'exec')", "list(map(eval, texts))", "__import__(name)",
        "import builtins\nbuiltins.exec(text)", "from builtins import eval as work_out\nwork_out(text)",
        "from runpy import run_path",
    ],
    "templates of text": [
        "from django.template import Template\nTemplate(text)", "from django import template\ntemplate.Template(text)",
        "engine.from_string(text)",
    ],
    "unpickling": [
        "import pickle", "from pickle import loads", "import marshal as m", "import shelve", "import dill",
        "import yaml\nyaml.load(text)", "from yaml import unsafe_load", "SERIALIZERS = ['pickle']",
        "NAME = 'django.contrib.sessions.serializers.PickleSerializer'",
    ],
    "a shell": [
        "run(text, shell=True)", "run(text, shell=wanted)", "import os\nos.system(text)", "from os import popen",
        "import os as o\no.popen(text)", "import subprocess\nsubprocess.getoutput(text)",
        "import asyncio\nasyncio.create_subprocess_shell(text)",
    ],
    "guessable numbers": ["import random", "from random import choice", "import uuid\nuuid.uuid1()"],
    "readers of XML": [
        "import xml.etree.ElementTree as E", "from xml.dom import minidom", "from xml.sax import parse",
        "from lxml import etree", "from xml import sax",
        "from bs4 import BeautifulSoup\nBeautifulSoup(text, 'xml')", "import bs4\nbs4.BeautifulSoup(text)",
    ],
    "weak hashes": [
        "import hashlib\nhashlib.md5(data)", "from hashlib import sha1", "import hashlib\nhashlib.new('MD5')",
        "import hashlib\nhashlib.new(name)", "import hashlib as h\nh.sha1(data)",
    ],
    "other cryptography": ["from cryptography.hazmat.primitives import ciphers", "import jwt", "import Crypto"],
    "text declared safe": [
        "from django.utils.safestring import mark_safe\nmark_safe(text)",
        "from django.utils.safestring import mark_safe\nmark_safe(f'<b>{text}</b>')",
        "from django.utils.safestring import mark_safe as fine\nfine('<b>' + text)",
        "from django.utils import safestring\nsafestring.SafeString(text)",
        "from django.utils.safestring import mark_safe\nlist(map(mark_safe, texts))",
        "from django.utils.safestring import mark_safe\n@mark_safe\ndef drawn(): return text",
        "class Drawn:\n    def __html__(self): return self.text",
    ],
    "frames of format_html": [
        "from django.utils.html import format_html\nformat_html(f'<b>{text}</b>')",
        "from django.utils.html import format_html\nformat_html('<b>%s</b>' % text)",
        "from django.utils.html import format_html\nformat_html('<b>{}</b>'.format(text))",
        "from django.utils.html import format_html as made\nmade(frame, text)",
        "from django.utils import html\nhtml.format_html_join('', f'<b>{text}</b>', rows)",
    ],
    "SQL beside the ORM": [
        "posts.extra(where=[text])", "Post.objects.raw(text)", "from django.db.models.expressions import RawSQL",
        "from django.db.models import expressions\nexpressions.RawSQL(text, [])",
    ],
    "SQL put together": [
        "cursor.execute(f'SELECT {text}')", "cursor.execute('SELECT ' + text)", "cursor.execute('SELECT %s' % text)",
        "cursor.execute('SELECT {}'.format(text))", "link.executemany(' '.join(parts), rows)",
    ],
    "calls to elsewhere": [
        "import httpx", "from requests import get", "from urllib import request", "import urllib.request",
        "from urllib.request import urlopen", "import http.client", "import socket\nsocket.create_connection(address)",
    ],
}  # fmt: skip

# What looks like it, and is fine.
FINE = {
    "text run as code": ["import re\nre.compile(text)", "model.eval()"],
    "templates of text": ["from django.template import Library", "from string import Template"],
    "unpickling": ["import json\njson.loads(text)", "import yaml\nyaml.safe_load(text)", "'We pickle nothing here.'"],
    "a shell": ["run(words, shell=False)", "import os\nos.environ"],
    "guessable numbers": ["import secrets", "rng.random()", "import uuid\nuuid.uuid4()"],
    "readers of XML": [
        "from xml.sax.xmlreader import AttributesImpl",
        "from defusedxml import ElementTree",
        "import openpyxl.xml",
        "from bs4 import BeautifulSoup\nBeautifulSoup(text, 'html.parser')",
    ],
    "weak hashes": ["import hashlib\nhashlib.sha256(data)", "import hashlib\nhashlib.new('sha256')"],
    "other cryptography": ["from cryptography.fernet import Fernet", "import hmac"],
    "text declared safe": [
        "from django.utils.safestring import mark_safe\nLAZY = mark_safe(' loading=\"lazy\"')",
        "from django.utils.safestring import SafeString\ndef drawn() -> SafeString: return SafeString('')",
    ],
    "frames of format_html": [
        "from django.utils.html import format_html\nformat_html('<b>{}</b>', text)",
        "from django.utils.html import format_html\nformat_html(BADGE, text)",
    ],
    "SQL beside the ORM": ["logger.info('x', extra={})", "from django.db.models import F"],
    "SQL put together": [
        "cursor.execute('SELECT %s', [text])", "cursor.execute(STATEMENT, [text])",
        "from psycopg import sql\nlink.execute(sql.SQL('CREATE ROLE {}').format(sql.Identifier(name)))",
    ],
    "calls to elsewhere": ["from urllib.parse import urlsplit", "from http import HTTPStatus"],
}  # fmt: skip


@lru_cache(maxsize=1)
def sources() -> dict[str, Source]:
    """Every file of the product, by its place."""
    paths = [ROOT / "manage.py", *(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))]
    return {path.relative_to(ROOT).as_posix(): Source(path.read_text(encoding="utf-8")) for path in sorted(paths)}


def in_place(file: str, places: frozenset[str]) -> bool:
    """The file is one of these, or in one of these folders."""
    return any(file == place or (place.endswith("/") and file.startswith(place)) for place in places)


def cases(snippets: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, text) for name, texts in snippets.items() for text in texts]


@pytest.mark.parametrize("name", RULES)
def test_the_sources_keep_the_rule(name: str) -> None:
    rule = RULES[name]
    found = [
        f"{file}:{line}"
        for file, source in sources().items()
        if not in_place(file, rule.reviewed)
        for line in sorted(set(rule.find(source)))
    ]
    assert not found, f"{rule.why} Found: {', '.join(found)}"


@pytest.mark.parametrize(("name", "place"), [(name, place) for name in RULES for place in sorted(RULES[name].reviewed)])
def test_a_file_is_named_only_while_it_needs_to_be(name: str, place: str) -> None:
    used = any(
        any(True for _line in RULES[name].find(source))
        for file, source in sources().items()
        if in_place(file, frozenset({place}))
    )
    assert used, f"{place} has no {name} any more: take it off the list"


@pytest.mark.parametrize(("name", "text"), cases(WRONG))
def test_what_is_wrong_is_found(name: str, text: str) -> None:
    assert [*RULES[name].find(Source(text))]


@pytest.mark.parametrize(("name", "text"), cases(FINE))
def test_what_is_fine_is_not(name: str, text: str) -> None:
    assert [*RULES[name].find(Source(text))] == []


def test_every_rule_is_tried_and_every_room_is_looked_through() -> None:
    assert set(WRONG) == set(FINE) == set(RULES)
    assert {file.split("/")[0] for file in sources()} == {*ROOMS, "manage.py"}


def test_spreadsheets_are_read_by_the_careful_reader() -> None:
    assert openpyxl.xml.DEFUSEDXML is True
