"""Who gets where: every address of the desk, and every way of Wagtail's own to a post, for every role.

A new screen needs a row in `TABLE`: the view's name, and the roles that may open it. What its address needs beside that
is in `ARGUMENTS`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver, resolve, reverse
from django.utils import timezone
from wagtail.models import Task, TaskState, WorkflowState

from social_publisher.approval import service
from social_publisher.models import (
    Alert,
    Blackout,
    CalendarFeed,
    CampaignRules,
    Delivery,
    ForeignPost,
    Launch,
    Notice,
    Post,
    Series,
    Takedown,
    Webhook,
)
from social_publisher.models.calendar_feed import secret_digest
from social_publisher.notices import webhooks
from tests.factories import (
    make_alert,
    make_correction,
    make_editor,
    make_image,
    make_post,
    make_user,
    send_at_once,
    submitted,
)
from tests.pages import make_home, make_news

pytestmark = pytest.mark.django_db

EDITOR, APPROVER, MANAGER, ANALYST, AUDITOR = (
    "Editors of posts",
    "Approvers",
    "Channel managers",
    "Analysts",
    "Auditors",
)
# Wagtail's own group for pages, a colleague with the admin's badge and no role, and anybody.
OUTSIDERS = ("Moderators", "staff without a role", "nobody signed in")
ROLES = (EDITOR, APPROVER, MANAGER, ANALYST, AUDITOR, *OUTSIDERS)

WRITERS = {EDITOR, APPROVER}
READERS = {EDITOR, APPROVER, MANAGER, AUDITOR}
DESK = {EDITOR, APPROVER, MANAGER, ANALYST, AUDITOR}
# Whoever stops things: pauses, takedowns, blackouts, what another hand posted.
HOLDERS = {APPROVER, MANAGER}
NOBODY: set[str] = set()
EVERYBODY = set(ROLES)

POST = "wagtailsnippets_social_publisher_post:"
CORRECTION = "wagtailsnippets_social_publisher_correction:"


def screens(model: str, see: set[str], write: set[str], delete: set[str] = NOBODY) -> dict[str, set[str]]:
    """The rows of a snippet's usual screens."""
    place = f"wagtailsnippets_social_publisher_{model}:"
    return {
        **dict.fromkeys([place + "list", place + "list_results"], see),
        **{place + name: write for name in ("add", "edit", "usage", "history", "history_results")},
        place + "delete": delete,
    }


def chooser(model: str, see: set[str]) -> dict[str, set[str]]:
    """The rows of a snippet's chooser."""
    place = f"wagtailsnippetchoosers_social_publisher_{model}:"
    return {place + name: see for name in ("choose", "choose_results", "chosen", "chosen_multiple")}


TABLE: dict[str, set[str]] = {
    **screens("post", see=READERS, write=WRITERS),
    POST + "preview_on_add": WRITERS,
    POST + "preview_on_edit": WRITERS,
    POST + "revisions_view": WRITERS,
    POST + "revisions_revert": WRITERS,
    POST + "revisions_compare": WRITERS,
    POST + "revisions_unschedule": NOBODY,
    POST + "unpublish": NOBODY,
    POST + "lock": {APPROVER},
    POST + "unlock": NOBODY,
    POST + "workflow_action": NOBODY,
    POST + "collect_workflow_action_data": NOBODY,
    # A question that shows nothing of the post; cancelling itself is the composer's.
    POST + "confirm_workflow_cancellation": {*DESK, "Moderators"},
    POST + "workflow_history": WRITERS,
    POST + "workflow_history_detail": WRITERS,
    POST + "workflow_preview": NOBODY,
    **chooser("post", READERS),
    **screens("channel", see=READERS, write={MANAGER}),
    **chooser("channel", READERS),
    # How strict a campaign is with posts is not for those who write them to say.
    **screens("campaignrules", see=READERS, write={APPROVER}),
    "wagtailsnippets_social_publisher_campaignrules:inspect": READERS,
    **chooser("campaignrules", READERS),
    **screens("blackout", see=DESK, write=HOLDERS, delete=HOLDERS),
    "wagtailsnippets_social_publisher_blackout:inspect": DESK,
    **chooser("blackout", DESK),
    **screens("correction", see=READERS, write=WRITERS),
    CORRECTION + "lengths": READERS,
    CORRECTION + "review": READERS,
    **chooser("correction", READERS),
    "social_announce:page": WRITERS,
    "social_approvals:index": READERS,
    "social_approvals:break_glass": {APPROVER},
    "social_approvals:sent": READERS,
    "social_audit:index": {AUDITOR},
    "social_audit:csv": {AUDITOR},
    "social_audit:jsonl": {AUDITOR},
    "social_calendar:index": READERS,
    "social_calendar:move": WRITERS,
    "social_calendar:feed": READERS,
    "social_compose:preview": WRITERS,
    "social_compose:thread": WRITERS,
    "social_connect:index": {MANAGER},
    "social_connect:begin": {MANAGER},
    "social_connect:back": {MANAGER},
    # Without anything under way it leads back to the beginning.
    "social_connect:confirm": {MANAGER},
    "social_connect:app": {MANAGER},
    "social_connect:manage": {MANAGER},
    "social_foreign:index": {*HOLDERS, AUDITOR},
    "social_foreign:settle": HOLDERS,
    "social_launches:index": READERS,
    # It takes the right to edit the page beside the role, which no role of the desk brings.
    "social_launches:new": NOBODY,
    "social_launches:show": READERS,
    "social_launches:review": READERS,
    "social_notices:index": READERS,
    "social_notices:read": READERS,
    "social_notices:open": READERS,
    "social_planning:times": READERS,
    "social_planning:next-slot": WRITERS,
    "social_planning:series-index": READERS,
    "social_planning:series": READERS,
    "social_planning:repeat": WRITERS,
    "social_planning:import": WRITERS,
    "social_planning:import-check": WRITERS,
    "social_planning:template": WRITERS,
    "social_queue:index": DESK,
    "social_queue:live": DESK,
    "social_queue:section": DESK,
    "social_queue:pause": HOLDERS,
    "social_queue:pause_everything": HOLDERS,
    "social_queue:decide": HOLDERS,
    "social_queue:review": READERS,
    "social_results:index": DESK,
    "social_results:campaign": DESK,
    "social_takedown:index": READERS,
    "social_takedown:start": HOLDERS,
    "social_takedown:start_one": HOLDERS,
    "social_takedown:takedown": READERS,
    "social_takedown:steps": READERS,
    "social_takedown:step": HOLDERS,
    "social_translations:index": READERS,
    "social_translations:translate": WRITERS,
    "social_translations:pull": WRITERS,
    "social_translations:check": WRITERS,
    "social_webhooks:index": {MANAGER},
    "social_webhooks:add": {MANAGER},
    "social_webhooks:edit": {MANAGER},
    "social_webhooks:secret": {MANAGER},
    "social_webhooks:test": {MANAGER},
    # Whoever has its secret address.
    "calendar-feed": EVERYBODY,
    "short-link": EVERYBODY,
    "video": EVERYBODY,
    "rehearsal-wall": EVERYBODY,
    "rehearsal-like": EVERYBODY,
}

# Screens that more people see than may change anything on.
CHANGES: dict[str, set[str]] = {
    "social_launches:show": NOBODY,
    "social_planning:times": {MANAGER},
    "social_planning:series": WRITERS,
}

# What stands in an address beside the name, by view; a namespace's own where the view has none.
ARGUMENTS: dict[str, tuple[str, ...]] = {
    POST: ("post",),
    **{f"wagtailsnippets_social_publisher_{name}:": (name,) for name in ("channel", "campaignrules", "blackout")},
    CORRECTION: ("correction",),
    **{
        f"wagtailsnippetchoosers_social_publisher_{name}:": (name,)
        for name in ("post", "channel", "campaignrules", "blackout", "correction")
    },
    POST + "revisions_view": ("post", "revision"),
    POST + "revisions_revert": ("post", "revision"),
    POST + "revisions_compare": ("post", "earliest", "latest"),
    POST + "revisions_unschedule": ("post", "revision"),
    POST + "workflow_action": ("post", "approve", "task_state"),
    POST + "collect_workflow_action_data": ("post", "approve", "task_state"),
    POST + "workflow_history_detail": ("post", "workflow_state"),
    POST + "workflow_preview": ("post", "task"),
    "social_announce:": ("page",),
    "social_approvals:break_glass": ("post",),
    "social_approvals:sent": ("broken",),
    "social_calendar:move": ("post",),
    "social_foreign:settle": ("foreign",),
    "social_launches:": ("launch",),
    "social_launches:new": ("draft",),
    "social_notices:open": ("notice",),
    "social_planning:times": ("channel",),
    "social_planning:series": ("series",),
    "social_planning:repeat": ("post",),
    "social_planning:template": ("csv",),
    "social_queue:section": ("next",),
    "social_queue:decide": ("delivery",),
    "social_queue:review": ("post",),
    "social_results:campaign": ("campaign",),
    "social_connect:begin": ("mastodon",),
    "social_connect:back": ("mastodon",),
    "social_connect:app": ("x",),
    "social_connect:manage": ("channel",),
    "social_takedown:": ("takedown",),
    "social_takedown:start": ("post",),
    "social_takedown:start_one": ("sent", "delivery"),
    "social_takedown:step": ("step",),
    "social_translations:": ("post",),
    "social_webhooks:": ("webhook",),
    "calendar-feed": ("calendar-secret",),
    "short-link": ("nothing",),
    "video": ("nothing",),
    "rehearsal-like": ("00000000-0000-4000-8000-000000000000",),
}

HOUR = timedelta(hours=1)
SECRET = "Nobody outside reads this draft."


def our_views(patterns: Iterable[Any] | None = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of ours, by its full name."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if not isinstance(pattern, URLPattern):
            yield from our_views(
                pattern.url_patterns, namespace + (f"{pattern.namespace}:" if pattern.namespace else "")
            )
            continue
        name = f"{namespace}{pattern.name}"
        view = getattr(pattern.callback, "view_class", pattern.callback)
        ours = ("wagtailsnippets_social_publisher", "wagtailsnippetchoosers_social_publisher", "social_")
        if name.startswith(ours) or view.__module__.startswith("social_publisher"):
            yield name, pattern


VIEWS = dict(our_views())


def address(name: str, things: dict[str, Any]) -> str:
    namespace = name[: name.index(":") + 1] if ":" in name else name
    pattern = VIEWS[name].pattern
    if not pattern.converters and not pattern.regex.groups:
        return reverse(name)
    wanted = ARGUMENTS.get(name) or ARGUMENTS[namespace]
    return reverse(name, args=[things.get(word, word) for word in wanted])


def people() -> dict[str, Any]:
    staff = make_user()
    staff.is_staff = True
    staff.save()
    special = {"staff without a role": staff, "nobody signed in": AnonymousUser()}
    return {role: special.get(role) or make_user(role) for role in ROLES}


def things() -> dict[str, Any]:
    """A post in review, another that is out, and one of everything else that an address names."""
    now, home, author = timezone.now(), make_home(), make_editor()
    post = make_post(text=SECRET, image=make_image(), author=author)
    service.submit(post, author)
    channel = post.variants.get().channel
    broken = send_at_once(make_alert())
    delivery = Delivery.objects.get()
    takedown = Takedown.objects.create(post=delivery.post, reason="Wrong.", by_name="Somebody", at=now)
    series = Series.objects.create(campaign=post.campaign, time=now.time(), starts_on=now, ends_on=now, source=post)
    alert = Alert.objects.get(kind=Alert.Kind.TO_APPROVE)
    CalendarFeed.objects.create(user=author, secret_sha256=secret_digest("calendar-secret"))
    webhook = Webhook(name="Hook", url="https://127.0.0.1/")
    webhooks.renew_secret(webhook)
    webhook.save()
    made = {
        "blackout": Blackout.objects.create(name="Mourning", kind="mourning", starts_at=now, ends_at=now + HOUR),
        "broken": broken,
        "campaign": post.campaign,
        "campaignrules": CampaignRules.objects.create(campaign=post.campaign),
        "channel": channel,
        "correction": make_correction(post.campaign, approver=False),
        "delivery": delivery,
        "draft": (draft := make_news(home, live=False)),
        "foreign": ForeignPost.objects.create(channel=channel, remote_id="1", posted_at=now, seen_at=now),
        "image": post.images.get().image,
        "launch": Launch.objects.create(page=draft),
        "notice": Notice.objects.create(person=author, alert=alert, kind=alert.kind, url="/admin/", created_at=now),
        "page": make_news(home),
        "post": post,
        "revision": post.latest_revision,
        "sent": delivery.post,
        "series": series,
        "step": takedown.steps.create(delivery=delivery, state="by_hand", next_at=now, changed_at=now),
        "takedown": takedown,
        "task": Task.objects.get(name="Second person's approval"),
        "task_state": TaskState.objects.get(),
        "webhook": webhook,
        "workflow_state": WorkflowState.objects.get(),
    }
    return {name: thing.pk for name, thing in made.items()}


def answers(path: str, user: Any, method: str = "get") -> bool:
    """Whether the view lets this person in; its template is not rendered."""
    request = getattr(RequestFactory(), method)(path)
    request.user, request.session = user, SessionStore()
    request._messages = FallbackStorage(request)
    request._dont_enforce_csrf_checks = True
    match = resolve(request.path_info)
    request.resolver_match = match
    try:
        response = match.func(request, *match.args, **match.kwargs)
    except PermissionDenied:
        return False
    except Http404:
        return True
    turned_away = response.status_code == 302 and response["Location"].split("?")[0] in ("/admin/", "/admin/login/")
    return not turned_away and response.status_code not in {403, 405}


def undone(path: str, user: Any) -> bool:
    """Whether the view takes this person's form. Whatever it does is undone."""
    with transaction.atomic():
        taken = answers(path, user, "post")
        transaction.set_rollback(True)
    return taken


def takes(name: str, method: str) -> bool:
    """Whether the view answers this method with more than that it does not."""
    if name == "rehearsal-like":
        return method == "post"
    view = getattr(VIEWS[name].callback, "view_class", None)
    return view is None or (hasattr(view, method) and method in view.http_method_names)


def test_every_address_has_its_row() -> None:
    assert set(VIEWS) - set(TABLE) == set(), "Say in TABLE who may open these."
    assert set(TABLE) - set(VIEWS) == set(), "These addresses are gone; so should be their rows."


def test_every_address_lets_in_its_roles_and_turns_everybody_else_away() -> None:
    here, who = things(), people()
    wrong = []
    for name, allowed in TABLE.items():
        path = address(name, here)
        for role in ROLES:
            if takes(name, "get") and answers(path, who[role]) != (role in allowed):
                wrong.append(f"{role} {'is refused' if role in allowed else 'gets into'} {name}")
            if not takes(name, "post"):
                continue
            changes = CHANGES.get(name, allowed)
            # What the allowed come to with a form is for the screen's own tests, but where nothing else tells them.
            tells = role not in changes or name in CHANGES or not takes(name, "get")
            if tells and undone(path, who[role]) != (role in changes):
                wrong.append(f"{role} {'may not' if role in changes else 'may'} POST to {name}")
    assert not wrong, "\n".join(wrong)


ELSEWHERE = [
    "wagtailadmin_home",
    "wagtailsnippets:index",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_tasks",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:locked_pages",
    "wagtailadmin_workflows:index",
    "wagtailadmin_workflows:task_index",
    "wagtailadmin_explore_root",
    "wagtailadmin_pages:search",
    "wagtailadmin_api:pages:listing",
    "wagtailadmin_api:images:listing",
    "wagtailadmin_api:documents:listing",
    "social_queue:index",
    "social_results:index",
]


def test_nobody_without_the_role_reads_a_draft_anywhere() -> None:
    here, client = things(), Client()
    read = []
    for role in (ANALYST, "Moderators"):
        client.force_login(make_user(role))
        for path in shown_to(role, here):
            if SECRET[:20] in client.get(path, follow=True).content.decode():
                read.append(f"{role} at {path}")
    assert not read, "\n".join(read)


def shown_to(role: str, here: dict[str, Any]) -> list[str]:
    """Whatever the role may open, and whatever else might show a post."""
    paths = [f"{reverse(name)}?q=Nobody" for name in ELSEWHERE]
    paths += [
        reverse("wagtailimages:image_usage", args=[here["image"]]),
        reverse("wagtailsnippets_content_campaign:usage", args=[here["campaign"]]),
        reverse("social_results:campaign", args=[here["campaign"]]),
        f"{reverse('wagtail_bulk_action', args=['social_publisher', 'post', 'delete'])}?id={here['post']}",
    ]
    # The desk's own; what anybody in the world may open has nothing of a draft.
    names = [name for name, allowed in TABLE.items() if role in allowed and ":" in name and takes(name, "get")]
    return list(dict.fromkeys([*paths, *(address(name, here) for name in names)]))


def test_no_role_deletes_or_publishes_posts_in_bulk() -> None:
    post, client = make_post(), Client()
    for role in (EDITOR, APPROVER, MANAGER, AUDITOR):
        client.force_login(make_user(role))
        for action in ("delete", "publish", "unpublish"):
            client.post(f"/admin/bulk/social_publisher/post/{action}/?id={post.pk}", {"confirm": "1"})
            assert not Post.objects.get(pk=post.pk).live, f"{role}: {action}"


def test_wagtails_own_decision_is_refused_to_a_superuser_too() -> None:
    post, superuser = submitted(), make_user(superuser=True)
    for action in ("approve", "reject"):
        path = reverse(POST + "workflow_action", args=[post.pk, action, TaskState.objects.get().pk])
        assert not answers(path, superuser, "post")
        assert Post.objects.get(pk=post.pk).workflow_in_progress
