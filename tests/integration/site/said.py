"""What documents say of limits, made of the numbers that the code goes by."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.validators import MaxValueValidator

from campaign_site.machine import sitemap
from campaign_site.machine.api import definitions, endpoints
from campaign_site.machine.cards import receivers as cards
from campaign_site.machine.feeds import collect as feeds
from campaign_site.machine.redirects import table as old_addresses
from campaign_site.page_cache import layer as page_cache
from campaign_site.settings import base
from campaign_site.sign_in import id_tokens, passwords
from content import numbers
from content.blocks import action, chart, listing, people, programme, sequence, text, video
from content.contact import forms as contact_forms
from content.contact import mail as contact_mail
from content.contact import tokens
from content.contact.models import ContactMessage
from content.pages import (
    AccessibilityPage,
    ContactPage,
    EventPage,
    HomePage,
    NewsPage,
    PressPage,
    ResourceFile,
    ResourcePage,
    accounts,
    around,
    event_index,
    press_kit,
)
from content.records import Campaign, Funder, FundingStatement, Grant, Hotline, HotlineText, Indicator, Project
from content.report import links as page_links
from content.search import asking, find, words
from content.search import tally as search_tally
from content.staff import hotlines
from media import captions, unfinished
from media.files import archives, documents, pdf
from social_publisher.approval import break_glass, outside_links, sealing, surroundings
from social_publisher.connections import flow, pending, picture
from social_publisher.delivery import circuit, due
from social_publisher.desk import audit_filter, local_time, posts
from social_publisher.desk.calendar import feed, grids, slots
from social_publisher.desk.connect_forms import AppForm
from social_publisher.desk.decide import AgainForm, ThereForm
from social_publisher.desk.importing import columns, reader, table, views
from social_publisher.desk.pauses import PauseForm
from social_publisher.desk.planning import spreading, times
from social_publisher.desk.review import DecisionForm
from social_publisher.desk.takedown import TakedownForm
from social_publisher.desk.urgent import BreakGlassForm, SignOffForm
from social_publisher.engagement import cadence, collect, periods, readers, rollup, tally
from social_publisher.messages import threads
from social_publisher.messages.rules import MB, RULES
from social_publisher.models import (
    CampaignReporting,
    CampaignRules,
    Channel,
    Correction,
    ForeignPost,
    Post,
    Protection,
    ResultsToken,
    Variant,
    Webhook,
    short_link,
)
from social_publisher.networks import http
from social_publisher.networks import reader as link_reader
from social_publisher.networks.bluesky import network as bluesky
from social_publisher.notices import webhooks
from social_publisher.planning import series
from social_publisher.reports import archive, keys
from social_publisher.reports import collect as reports

ROOT = Path(__file__).resolve().parents[3]
LIMITS = vars(base)["ACCOUNT_RATE_LIMITS"]
SECURITY = (ROOT / "docs" / "operations" / "security.md").read_text()
DOCUMENTS = {
    "security": SECURITY,
    "input": (ROOT / "docs" / "operations" / "input.md").read_text(),
    "keys": (ROOT / "docs" / "handbook" / "operators" / "keys.md").read_text(),
}
MIB = 1024**2
DAY = timedelta(days=1)


def longest(model: Any, *fields: str) -> str:
    """How long texts may be, as a document lists it."""
    return ", ".join(f"{model._meta.get_field(field).max_length:,}" for field in fields)


def largest(model: Any, field: str) -> int:
    """The largest number that a field takes."""
    found = model._meta.get_field(field).validators
    return min(int(one.limit_value) for one in found if isinstance(one, MaxValueValidator))


def typed(form: Any, field: str) -> int:
    """How long a text may be in a form."""
    return int(form.base_fields[field].max_length)


def within(block: Any, *names: str) -> str:
    """How long a block's texts may be."""
    return ", ".join(f"{block.base_blocks[name].field.max_length:,}" for name in names)


def several(block: Any) -> tuple[int, int]:
    """How few and how many parts a block may have."""
    return int(block.meta.min_num), int(block.meta.max_num)


def most(model: Any, field: str) -> int:
    """How many blocks a page's field may have."""
    return int(model._meta.get_field(field).stream_block.meta.max_num)


def _network(slug: str) -> str:
    rules = RULES[slug]
    parts = str(rules.max_parts) if rules.max_parts > 1 else "–"
    alt = f"{rules.alt_limit:,}" if rules.alt_limit else "none is shown"
    assert rules.video is not None
    film = f"{rules.video.max_bytes // MB:,} MB, {rules.video.max_seconds:,} s"
    return f"| {parts} | {rules.max_attachments} | {alt} | {film} |"


# Each phrase as it is written, made of the numbers that the code goes by.
SAID: list[tuple[str, str]] = [
    ("input", f"one of the {len(settings.LANGUAGES)} of `LANGUAGES`"),
    ("input", f"at most {numbers.DIGITS} digits"),
    ("input", f"and {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,} fields"),
    # Posts
    ("input", f"hidden characters | {longest(Post, 'link_url')} characters"),
    ("input", f"description of the link | text | {longest(Post, 'link_title')}; {longest(Post, 'link_description')} |"),
    ("input", f"| {columns.MOST_PICTURES}; description {longest(Post, 'video_alt')} |"),
    ("input", f"one; description {longest(Post, 'video_alt')} |"),
    ("input", f"| content warning | text | {longest(Post, 'content_warning')} |"),
    ("input", f"| {local_time.EARLIEST} to {local_time.LATEST} |"),
    ("input", f"| useful for | minutes | 1 to {largest(Post, 'useful_minutes'):,} |"),
    ("input", f"by network; {longest(Variant, 'alt_text')} |"),
    ("input", f"| later by | minutes | 0 to {largest(Variant, 'offset_minutes'):,} |"),
    ("input", f"| {posts.AHEAD.days} days ahead |"),
    *(("input", _network(slug)) for slug in RULES),
    ("input", f"| X | {RULES['x'].limit}, weighted; a link is {RULES['x'].url_length} |"),
    ("input", f"| Mastodon | {RULES['mastodon'].limit} graphemes; a link is {RULES['mastodon'].url_length} |"),
    ("input", f"| Bluesky | {RULES['bluesky'].limit} graphemes, {RULES['bluesky'].byte_limit:,} bytes |"),
    (
        "input",
        f"| Telegram | {RULES['telegram'].limit:,} UTF-16 units, with media {RULES['telegram'].limit_with_media:,} |",
    ),
    ("input", f"| Facebook | {RULES['facebook'].limit:,} code points |"),
    ("input", f"| LinkedIn | {RULES['linkedin'].limit:,} code points, escapes counted |"),
    # Around posts
    ("input", f"of the campaign's channels | {longest(Correction, 'name')}; by network |"),
    ("input", f"several with blanks | {longest(CampaignRules, 'hashtags')} |"),
    ("input", f"(`utm_content`) | text | {longest(CampaignRules, 'utm_content')} |"),
    ("input", f"| {series.MOST} posts, {series.HORIZON.days} days ahead |"),
    ("input", f"| {spreading.MOST} posts, {spreading.LONGEST.days} days |"),
    ("input", f"| reason | text | {break_glass.LEAST_REASON} to {typed(BreakGlassForm, 'reason'):,} |"),
    ("input", f"parts of a thread | {longest(Post, 'text')} (`social_publisher/messages/lengths.py`)"),
    ("input", f"what to write instead` | {longest(CampaignRules, 'avoided_terms')} together |"),
    ("input", f"a mail address a line | {longest(CampaignReporting, 'mail_to')} together |"),
    ("input", f"as the screen gave it; text | {typed(DecisionForm, 'seen')}; {typed(DecisionForm, 'comment'):,} |"),
    ("input", f"needed for an objection | {typed(SignOffForm, 'comment'):,} |"),
    ("input", f"| text | {typed(TakedownForm, 'reason'):,}; {typed(TakedownForm, 'confirmation')} |"),
    ("input", f"the word `PAUSE` | text | {typed(PauseForm, 'reason')}; "),
    ("input", f"| a web address; text | {typed(ThereForm, 'url')}; {typed(AgainForm, 'reason'):,} |"),
    ("input", f"| note | text | {longest(ForeignPost, 'note')} |"),
    # Channels, connections, programs
    ("input", f"for a live one | {longest(Channel, 'name')}; {longest(Channel, 'handle')} |"),
    ("input", f"| seconds | 0 to {largest(Channel, 'min_interval'):,} |"),
    ("input", f"| {times.MOST_A_DAY} a day |"),
    ("input", f"| {flow.LONGEST}; {flow.LONGEST}; {longest(Channel, 'profile_url')} |"),
    ("input", f"| text | {typed(AppForm, 'client_id')}; {typed(AppForm, 'client_secret'):,} |"),
    ("input", f"| note {longest(Protection, 'note')} |"),
    ("input", f"of the list | {longest(Webhook, 'name')}; {longest(Webhook, 'url')} |"),
    ("input", f"| {longest(ResultsToken, 'name')}; {keys.MOST} keys a person |"),
    ("input", f"are cut at {http.LONGEST_WORDS} characters"),
    # The contact form
    ("input", f"| text, not empty | {contact_forms.LONGEST:,} characters |"),
    ("input", f"| {longest(ContactMessage, 'name')}; {longest(ContactMessage, 'email')} |"),
    ("input", f"| {tokens.AT_LEAST.seconds} seconds to {tokens.AT_MOST // timedelta(hours=1)} hours old |"),
    ("input", f"{base.CONTACT_MESSAGES_PER_HOUR} messages an hour from an address;"),
    # People
    ("input", f"once | {longest(get_user_model(), 'username')} | `campaign_site/sign_in/invitations.py`"),
    ("input", f"large and small letters alike | {longest(get_user_model(), 'email')} |"),
    ("input", f"the first {passwords.LONGEST} are judged"),
    ("input", "that can be printed | " + id_tokens.SUBJECT.pattern.partition("1,")[2].removesuffix("}")),
    # Records and pages
    ("input", f"| {longest(Campaign, 'name')}; {longest(Campaign, 'code')} |"),
    ("input", f"| {longest(Project, 'name')}; {longest(Project, 'acronym')}; "),
    ("input", f"digits, `_`; text | {longest(Campaign, 'hashtag')}; {longest(Campaign, 'goal')} |"),
    (
        "input",
        "in the main language; text | "
        f"{longest(FundingStatement, 'statement')}; {longest(FundingStatement, 'disclaimer')} |",
    ),
    (
        "input",
        "a funder's description | text | "
        f"{longest(Grant, 'name')}; {longest(Grant, 'reference')}; {longest(Funder, 'description')} |",
    ),
    ("input", f"for abroad | {longest(Hotline, 'number')} |"),
    (
        "input",
        f"| {longest(Hotline, 'form_url')}; {longest(HotlineText, 'takes')}; {longest(HotlineText, 'hours')} |",
    ),
    ("input", f"whole numbers | {longest(Indicator, 'code')}; {longest(Indicator, 'label')} |"),
    ("input", f"| whole number | 1 to {largest(ContactPage, 'keep_days')} |"),
    (
        "input",
        f"| {longest(NewsPage, 'title')}; {longest(NewsPage, 'summary')}; {longest(NewsPage, 'image_alt')} |",
    ),
    ("input", f"| headline; figures | {longest(HomePage, 'headline')}; "),
    ("input", f"| what changed; related news | {longest(NewsPage, 'update_note')}; {around.RELATED} |"),
    (
        "input",
        "on the state | "
        + "; ".join(longest(EventPage, name) for name in ("place", "address", "accessibility", "status_note")),
    ),
    ("input", f"version of a file | {longest(ResourcePage, 'creators')}; {longest(ResourcePage, 'publisher')}; "),
    ("input", f"; {longest(ResourcePage, 'doi', 'isbn')}; {longest(ResourceFile, 'version')} |"),
    ("input", f"| {longest(ContactPage, 'postal_address')}; {longest(ContactPage, 'phone')}; "),
    ("input", f"; {longest(PressPage, 'contact_name', 'contact_phone', 'contact_note')} |"),
    ("input", f"| 1 to {largest(AccessibilityPage, 'answer_within')} days; "),
    ("input", f"title {within(action.ActionBlock, 'title')}, text {within(action.ActionBlock, 'text')} |"),
    ("input", f"title {within(listing.KeyMessageBlock, 'title')}, text {within(listing.KeyMessageBlock, 'text')} |"),
    ("input", f"| {chart.MOST_SERIES} series; unit {within(chart.ChartBlock, 'unit')}, "),
    ("input", f"title {within(sequence.StepBlock, 'title')}, more about an entry "),
    ("input", f"more about an entry {within(sequence.TimelineEntryBlock, 'text')} |"),
    ("input", f"| fact; its source | {within(text.FactBlock, 'text')}; {within(text.FactBlock, 'source')} |"),
    ("input", f"| {within(people.PersonBlock, 'name', 'role', 'organisation')} |"),
    ("input", f"| title {within(programme.SessionBlock, 'title')}; {within(programme.SpeakerBlock, 'name')}, "),
    ("input", f", about {within(programme.SpeakerBlock, 'about')} |"),
    ("input", f"| {within(video.VideoBlock, 'title')}; "),
    # Imports and addresses
    (
        "input",
        f"| {reader.MOST_BYTES // MIB} MB, {reader.MOST_ROWS} rows, {reader.MOST_COLUMNS} columns, "
        f"{reader.MOST_CHARACTERS:,} characters a cell, {reader.MOST_TEXT:,} together |",
    ),
    (
        "input",
        f"| {old_addresses.MOST_BYTES // MB} MB, {old_addresses.MOST_ROWS:,} rows; "
        f"{old_addresses.LONGEST} characters an address |",
    ),
    ("input", f"wait {views.HELD_FOR // timedelta(hours=1)} hours for their"),
    (
        "input",
        f"| {asking.LONGEST_QUERY} characters, {asking.MOST_WORDS} words; of the lists; "
        f"{find.MOST_RANKED // find.PAGE_SIZE} pages |",
    ),
    ("input", f"| the first {accounts.MAX_QUESTION} characters |"),
    ("input", f"| `limit` {definitions.MOST}; a filter {endpoints.LONGEST} characters |"),
    ("input", f"| {short_link.CODE_LENGTH} letters and digits |"),
    ("input", f"the first {readers.LONGEST} characters are read"),
    # Which fit each other
    ("input", f"within {surroundings.RECENT.days} days warn"),
    ("input", f"not past, {spreading.LONGEST.days} days at most"),
    ("input", f"today to {hotlines.LONGEST.days} days on"),
    ("input", f"within {pending.LASTS // timedelta(minutes=1)} minutes |"),
    # What costs
    ("input", " {search}, {programs} and {files} a minute:".format_map(base.COSTLY)),
    ("input", f"; {find.MOST_RANKED} best; {words.MOST_COMPARED:,} words compared"),
    ("input", f"| {base.WAGTAILAPI_LIMIT_MAX} an answer | kept {endpoints.SECONDS} seconds |"),
    (
        "input",
        f"{base.PAGE_CACHE_MB} MB a process, {page_cache.SECONDS:.0f} seconds; one thread makes it, others wait "
        f"{page_cache.PATIENCE:.0f} seconds at most",
    ),
    ("input", f"| {feed.BACK.days} days back, {feed.AHEAD.days} ahead; {feed.MOST:,} entries |"),
    ("input", f"| {feeds.LENGTH}; {event_index.MOST} within a year; {sitemap.FILE:,} a file |"),
    ("input", f"kept as a file; {cards._waiting.maxsize} wait to be drawn"),
    ("input", f"on disk above {press_kit.IN_MEMORY // MIB} MB |"),
    ("input", f"a text above {threads.LONGEST:,} characters is not parted"),
    (
        "input",
        f"| {outside_links.MOST_LINKS} links, kept {outside_links.KEPT // 60} minutes | "
        f"{outside_links.LONGEST_WAIT:.0f} seconds |",
    ),
    (
        "input",
        f"| {page_links.MOST_AT_ONCE} a minute, each weekly; {page_links.LONGEST_URL:,} characters, "
        f"{link_reader.MOST_REDIRECTS} redirects | {link_reader.SECONDS:.0f} seconds each |",
    ),
    (
        "input",
        f"| {picture.MOST_BYTES:,} bytes, {picture.MOST_PIXELS:,} pixels, {picture.MOST_REDIRECTS} redirects | "
        f"{picture.SECONDS:.0f} seconds |",
    ),
    ("input", f"one period; {periods.MOST_BARS} bars; {reports.PAGES} pages of the site |"),
    ("input", f"as it is read: {archive.BATCH} posts at once, {archive.CHUNK // 1024} KB a piece |"),
    ("input", f"streamed, {sealing.BATCH:,} and {table.CHUNK} rows at once |"),
    ("input", f"| {audit_filter.PATIENCE.removesuffix('s')} seconds, then it is told to ask for less |"),
    (
        "input",
        f"| {grids.SHOWN} posts a day, {grids.SHOWN_IN_AN_HOUR} an hour, the rest counted; lists of {grids.PER_PAGE}; "
        f"{slots.MOST} free times a channel |",
    ),
    (
        "input",
        f"| {due.LOOK_AHEAD:,} looked at, {due.EACH} a channel, {due.BATCH} a batch; {base.DELIVERY_WORKERS} threads; "
        f"at least {Channel._meta.get_field('min_interval').default} seconds between two posts of a channel | "
        f"{bluesky.SECONDS:.0f} seconds of silence a call, {base.DELIVERY_LEASE} seconds a lease |",
    ),
    (
        "input",
        f"after {circuit.THRESHOLD} failures it is left alone | {circuit.FIRST.seconds} seconds to "
        f"{circuit.LONGEST // timedelta(minutes=1)} minutes |",
    ),
    (
        "input",
        f"| {webhooks.ROUND} a round; {len(webhooks.DELAYS) + 1} tries within a day; the answer is not read | "
        f"{webhooks.SECONDS:.0f} seconds of silence |",
    ),
    (
        "input",
        f"| {collect.CALLS_A_RUN} calls a run; {float(base.READING_BUDGET):.0f} dollars a channel and month; "
        f"{cadence.READ_FOR.days} days |",
    ),
    ("input", f"counted in memory: {tally.MOST_KEYS:,} keys"),
    ("input", f"| {search_tally.MOST_A_DAY:,} a day |"),
    ("input", f"{contact_mail.BATCH} mailed at once | {base.EMAIL_TIMEOUT} seconds a mail |"),
    ("input", f"| {rollup.AT_ONCE} posts at once |"),
    ("input", f"| {vars(base)['AXES_FAILURE_LIMIT']} wrong ones, then {base.SIGN_IN_LOCK_MINUTES} minutes locked; "),
    # Files
    (
        "security",
        f"| {pdf.MOST_BYTES // MIB} MB, {pdf.MOST_OBJECTS:,} objects, {pdf.DEEPEST} levels |",
    ),
    (
        "security",
        f"| {archives.MOST_UNPACKED // MIB} MB, {archives.MOST_ENTRIES:,} files; above "
        f"{archives.RATIO_MATTERS // MIB} MB at most {archives.MOST_RATIO} times the packed size |",
    ),
    ("security", f"the first {documents.SAMPLE // MIB} MB is looked at"),
    ("security", f"cues alone are kept | {captions.MAX_BYTES // MB} MB |"),
    ("security", f"become a PNG of {picture.SIDE} by {picture.SIDE} | {picture.MOST_BYTES:,} bytes, "),
    (
        "security",
        f"| {reader.MOST_BYTES // MIB} MB, {reader.MOST_ROWS} rows; XLSX unpacked {reader.MOST_UNPACKED // MIB} MB, "
        f"{reader.MOST_MEMBERS} files |",
    ),
    ("security", f"| {old_addresses.MOST_BYTES // MB} MB, {old_addresses.MOST_ROWS:,} rows |"),
    ("security", f"deleted after {unfinished.KEPT // DAY} day "),
    # Keys
    (
        "keys",
        f"Argon2id, {Argon2PasswordHasher.time_cost} rounds, {Argon2PasswordHasher.memory_cost // 1024} MiB",
    ),
    ("keys", f"ID tokens by {', '.join(id_tokens.ALGORITHMS)} and nothing else"),
    ("keys", f"59: {short_link.CODE_LENGTH} letters and digits"),
]
