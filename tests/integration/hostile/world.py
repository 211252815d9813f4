"""A whole installation in which every text that people or networks write is hostile. Fields are found, not listed."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from typing import Any
from zlib import crc32

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, models, transaction
from wagtail import blocks
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField

from content.blocks.text import FEATURES
from tests.support.hostile import ADDRESSES, EVENTS, FORMULAS, HEADERS, JAVASCRIPT, MARKUP, UNICODE, texts

OURS = {"content", "media", "social_publisher"}
# Wagtail's and Django's own tables that hold what people write.
OTHERS = {
    "auth.User": ("username", "first_name", "last_name"),
    "wagtailcore.Page": ("title", "draft_title", "seo_title", "search_description"),
    "wagtailcore.Collection": ("name",),
    "wagtailcore.Comment": ("text",),
    "wagtailcore.PageLogEntry": ("label",),
    "wagtailcore.ModelLogEntry": ("label",),
    "wagtailcore.Site": ("site_name",),
    "taggit.Tag": ("name",),
}
# What no person and no network words, by the field's name, and what it is instead.
NOT_WRITTEN = {
    "code": "a slug",
    "slug": "a slug",
    "language": "one of the site's languages",
    "time_zone": "one of the world's zones",
    "digest": "a hash",
    "hash": "a hash",
    "sha256": "a hash",
    "file_hash": "a hash",
    "secret_sha256": "a hash",
    "secret": "encrypted",
    "record_key": "made here",
    "action": "a word of ours",
    "subject": "a word of ours and a number",
    "filter_spec": "a word of ours",
    "focal_point_key": "made here",
    "grain": "a letter of ours",
    "every": "a word of ours",
    "word": "read from texts by the database",
    "folded": "read from texts by the database",
    "reference": "made here",
}
NOT_WRITTEN_HERE = {
    "social_publisher.Channel.network": "one of the networks",
    "social_publisher.AppRegistration.network": "one of the networks",
    "social_publisher.PageReadHour.network": "one of the networks",
    "social_publisher.RehearsalPost.rehearses": "one of the networks",
    "social_publisher.AuditReader.name": "a role of the database",
    "social_publisher.Notice.url": "an address of ours",
    "social_publisher.RateBudget.key": "made here",
    "social_publisher.Circuit.service": "made here",
    "social_publisher.WebhookCall.kind": "a word of ours",
    "social_publisher.ShortLink.url": "made here",
    "content.Grant.currency": "three letters",
    "content.Country.code": "two letters",
}
WORDS = texts((*MARKUP, *JAVASCRIPT, *UNICODE, *HEADERS, *EVENTS))
MAILS = (
    '"<img/src=x/onerror=hx9()>"@hx9.example',
    '"hx9\\"onmouseover=hx9()"@hx9.example',
    "hx9'onmouseover='hx9()@hx9.example",
    "hx9`{{7}}`@hx9.example",
)
# Another number deals the same corpus anew: HOSTILE_DEAL=7 pytest tests/integration/hostile
DEAL = os.environ.get("HOSTILE_DEAL", "")
put: Counter[str] = Counter()


def turn(place: str) -> int:
    """A number by which a place has its texts: by its name alone, so that no other place's texts move it."""
    return crc32(f"{DEAL} {place}".encode())


def hostile(place: str, longest: int | None = None, most: int = 12) -> str:
    """Some of the corpus for a place of this name, as many as there is room for. Counts what it gives."""
    number = turn(place)
    first = number % len(WORDS)
    parts = list(islice(cycle(WORDS), first, first + most))
    parts.insert(0, FORMULAS[number // len(WORDS) % len(FORMULAS)])
    text = ""
    for part in parts if turn(f"{place} formula") % 2 else parts[1:]:
        if longest is not None and len(text) + len(part) + 1 > longest:
            continue
        text = f"{text} {part}" if text else part
        put[part] += 1
    return text


def written_fields() -> dict[type[models.Model], list[models.Field[Any, Any]]]:
    """Every column of text that people or networks word, by its model."""
    found: dict[type[models.Model], list[models.Field[Any, Any]]] = {}
    for model in apps.get_models():
        label = model._meta.label
        for field in model._meta.local_fields:
            if model._meta.app_label in OURS and is_text(field):
                named = f"{label}.{field.name}"
                if field.name not in NOT_WRITTEN and named not in NOT_WRITTEN_HERE:
                    found.setdefault(model, []).append(field)
            elif field.name in OTHERS.get(label, ()):
                found.setdefault(model, []).append(field)
    return found


def is_text(field: models.Field[Any, Any]) -> bool:
    """Whether it takes words: no choice among ours, no file, no key."""
    kinds = (models.CharField, models.TextField, StreamField)
    return isinstance(field, kinds) and not field.choices and not field.primary_key


def poison() -> dict[str, str]:
    """Make every text of every row hostile, past all triggers; return the fields that the database refused."""
    refused: dict[str, str] = {}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for model, fields in written_fields().items():
            for field in fields:
                refused |= _poisoned(model, field)
        cursor.execute("SET LOCAL session_replication_role = origin")
    return refused


def _poisoned(model: type[models.Model], field: models.Field[Any, Any]) -> dict[str, str]:
    rows = list(model._base_manager.order_by("pk")[:400])
    for number, row in enumerate(rows):
        setattr(row, field.attname, value_for(field, row, f"{model._meta.label}.{field.name} {number}"))
    try:
        with transaction.atomic():
            models.QuerySet(model).bulk_update(rows, [field.name], batch_size=100)
    except DatabaseError as error:
        return {f"{model._meta.label}.{field.name}": str(error).splitlines()[0]}
    return {}


def value_for(field: models.Field[Any, Any], row: models.Model, place: str) -> Any:
    """What the field takes of the corpus; what is there stays where its own checks refuse everything."""
    here = getattr(row, field.attname)
    if isinstance(field, StreamField):
        return field.stream_block.to_python(stream(field.stream_block, list(here.raw_data), place))
    if isinstance(field, RichTextField):
        return formatted(place)
    if not here and isinstance(field, models.URLField) and field.blank and row.pk % 2:
        return here
    for value in candidates(field, row, place):
        try:
            field.run_validators(value)
        except ValidationError:
            continue
        return value
    return here


def candidates(field: models.Field[Any, Any], row: models.Model, place: str) -> Iterator[str]:
    """Addresses that run something first, then those that are only addresses."""
    mark = f" {row.pk}"
    if isinstance(field, models.URLField):
        yield next(islice(cycle(JAVASCRIPT), row.pk % len(JAVASCRIPT), None))
        yield ADDRESSES[row.pk % len(ADDRESSES)] + mark.strip()
    elif isinstance(field, models.EmailField):
        yield from MAILS[row.pk % len(MAILS) :]
        yield MAILS[0]
    else:
        longest = field.max_length - len(mark) if field.max_length else None
        yield hostile(place, longest) + mark


def formatted(place: str) -> str:
    """A formatted text as the editor's own door lets it in."""
    made: list[dict[str, Any]] = []
    entities: dict[str, Any] = {}
    first = turn(place) % len(WORDS)
    for number, word in enumerate(islice(cycle(WORDS), first, first + 8)):
        url = one_of((*JAVASCRIPT, *ADDRESSES), f"{place} {number}")
        kind = ("LINK", "LINK", "DOCUMENT")[number % 3]
        data = {"url": url} if kind == "LINK" else {"id": "1", "url": f'{url}" onclick="hx9()', "filename": word}
        entities[str(number)] = {"type": kind, "mutability": "MUTABLE", "data": data}
        size = len(word.encode("utf-16-le")) // 2
        block = {"key": f"k{number}", "text": word, "type": "unstyled", "depth": 0, "inlineStyleRanges": []}
        made.append({**block, "entityRanges": [{"key": number, "offset": 0, "length": size}]})
        put[word] += 1
    state = json.dumps({"blocks": made, "entityMap": entities})
    return str(ContentstateConverter(FEATURES).to_database_format(state))


def one_of(values: Sequence[str], place: str) -> str:
    return values[turn(place) % len(values)]


def stream(block: Any, value: Any, place: str) -> Any:
    """A stored value of a block with every text in it hostile."""
    if isinstance(block, blocks.StreamBlock):
        kinds = block.child_blocks
        return [
            {**item, "value": stream(kinds[item["type"]], item["value"], f"{place}/{number} {item['type']}")}
            for number, item in enumerate(value)
        ]
    if isinstance(block, blocks.ListBlock):
        return [_item(block.child_block, item, f"{place}/{number}") for number, item in enumerate(value)]
    if isinstance(block, TypedTableBlock):
        return _table(block, value, place)
    if isinstance(block, blocks.StructBlock):
        return {
            name: stream(block.child_blocks[name], part, f"{place}/{name}")
            for name, part in value.items()
            if name in block.child_blocks
        }
    return leaf(block, value, place)


def leaf(block: Any, value: Any, place: str) -> Any:
    """A text of a block; anything but text stays."""
    if isinstance(block, blocks.RichTextBlock):
        return formatted(place)
    if isinstance(block, blocks.URLBlock):
        return accepted(block, (one_of(JAVASCRIPT, place), one_of(ADDRESSES, place))) or value
    if isinstance(block, blocks.EmailBlock):
        return MAILS[0]
    if isinstance(block, blocks.CharBlock | blocks.TextBlock):
        longest = getattr(block.field, "max_length", None)
        return hostile(place, longest)
    return value


def accepted(block: Any, values: Sequence[str]) -> str | None:
    """The first that the block's own field lets through."""
    for value in values:
        try:
            return str(block.field.clean(value))
        except ValidationError:
            continue
    return None


def _item(block: Any, item: Any, place: str) -> Any:
    if isinstance(item, dict) and {"type", "value"} <= set(item):
        return {**item, "value": stream(block, item["value"], place)}
    return stream(block, item, place)


def _table(block: Any, value: Any, place: str) -> Any:
    columns = value["columns"]
    rows = [
        {
            **row,
            "values": [
                stream(block.child_blocks[head["type"]], cell, f"{place}/{number} {column}")
                for column, (head, cell) in enumerate(zip(columns, row["values"], strict=True))
            ],
        }
        for number, row in enumerate(value["rows"])
    ]
    heads = [{**head, "heading": hostile(f"{place}/head {column}", 200)} for column, head in enumerate(columns)]
    return {**value, "columns": heads, "rows": rows, "caption": hostile(f"{place}/caption", 200)}
