"""Who gets where: every address of the desk, and every way of Wagtail's own to a post, for every role.

A new screen needs a row in `TABLE`: the view's name, and the roles that may open it. What its address needs beside that
is in `ARGUMENTS`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver, resolve, reverse
from wagtail.models import Task, TaskState, WorkflowState

from social_publisher.approval import service
from social_publisher.models import Delivery, Post
from tests.factories import make_alert, make_image, make_post, make_user, send_at_once

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
NOBODY: set[str] = set()
EVERYBODY = set(ROLES)

POST, CHANNEL = "wagtailsnippets_social_publisher_post:", "wagtailsnippets_social_publisher_channel:"
CHOOSE_POST = "wagtailsnippetchoosers_social_publisher_post:"
CHOOSE_CHANNEL = "wagtailsnippetchoosers_social_publisher_channel:"

TABLE: dict[str, set[str]] = {
    POST + "list": READERS,
    POST + "list_results": READERS,
    POST + "add": WRITERS,
    POST + "edit": WRITERS,
    POST + "delete": NOBODY,
    POST + "usage": WRITERS,
    POST + "history": WRITERS,
    POST + "history_results": WRITERS,
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
    CHOOSE_POST + "choose": READERS,
    CHOOSE_POST + "choose_results": READERS,
    CHOOSE_POST + "chosen": READERS,
    CHOOSE_POST + "chosen_multiple": READERS,
    CHOOSE_POST + "create": WRITERS,
    CHANNEL + "list": READERS,
    CHANNEL + "list_results": READERS,
    CHANNEL + "add": {MANAGER},
    CHANNEL + "edit": {MANAGER},
    CHANNEL + "delete": NOBODY,
    CHANNEL + "usage": {MANAGER},
    CHANNEL + "history": {MANAGER},
    CHANNEL + "history_results": {MANAGER},
    CHOOSE_CHANNEL + "choose": READERS,
    CHOOSE_CHANNEL + "choose_results": READERS,
    CHOOSE_CHANNEL + "chosen": READERS,
    CHOOSE_CHANNEL + "chosen_multiple": READERS,
    CHOOSE_CHANNEL + "create": {MANAGER},
    "social_approvals:index": READERS,
    "social_approvals:break_glass": {APPROVER},
    "social_approvals:sent": READERS,
    "social_compose:preview": WRITERS,
    "social_compose:thread": WRITERS,
    "social_queue:index": DESK,
    "social_queue:pause": {APPROVER, MANAGER},
    "social_queue:decide": {APPROVER, MANAGER},
    "social_queue:review": READERS,
    "social_results:index": DESK,
    "social_results:campaign": DESK,
    "social_connect:index": {MANAGER},
    "social_connect:begin": {MANAGER},
    "social_connect:back": {MANAGER},
    # Without anything under way it leads back to the beginning.
    "social_connect:confirm": {MANAGER},
    "social_connect:app": {MANAGER},
    "social_connect:manage": {MANAGER},
    "short-link": EVERYBODY,
    "video": EVERYBODY,
    "rehearsal-wall": EVERYBODY,
    "rehearsal-like": EVERYBODY,
}

# What stands in an address beside the name, by view; a namespace's own where the view has none.
ARGUMENTS: dict[str, tuple[str, ...]] = {
    POST: ("post",),
    CHANNEL: ("channel",),
    CHOOSE_POST: ("post",),
    CHOOSE_CHANNEL: ("channel",),
    POST + "revisions_view": ("post", "revision"),
    POST + "revisions_revert": ("post", "revision"),
    POST + "revisions_compare": ("post", "earliest", "latest"),
    POST + "revisions_unschedule": ("post", "revision"),
    POST + "workflow_action": ("post", "approve", "task_state"),
    POST + "collect_workflow_action_data": ("post", "approve", "task_state"),
    POST + "workflow_history_detail": ("post", "workflow_state"),
    POST + "workflow_preview": ("post", "task"),
    "social_approvals:break_glass": ("post",),
    "social_approvals:sent": ("broken",),
    "social_queue:decide": ("delivery",),
    "social_queue:review": ("post",),
    "social_results:campaign": ("campaign",),
    "social_connect:begin": ("mastodon",),
    "social_connect:back": ("mastodon",),
    "social_connect:app": ("x",),
    "social_connect:manage": ("channel",),
    "short-link": ("nothing",),
    "video": ("nothing",),
    "rehearsal-like": ("00000000-0000-4000-8000-000000000000",),
}

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
    """A post in review, and what belongs to it."""
    post = make_post(text=SECRET, image=make_image())
    service.submit(post, post.author)
    broken = send_at_once(make_alert())
    return {
        "post": post.pk,
        "image": post.images.get().image_id,
        "campaign": post.campaign_id,
        "channel": post.variants.get().channel_id,
        "revision": post.latest_revision_id,
        "task_state": TaskState.objects.get().pk,
        "workflow_state": WorkflowState.objects.get().pk,
        "task": Task.objects.get(name="Second person's approval").pk,
        "delivery": Delivery.objects.get().pk,
        "broken": broken.pk,
    }


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
    if method == "post" and response.status_code == 405:
        return False
    turned_away = response.status_code == 302 and response["Location"].split("?")[0] in ("/admin/", "/admin/login/")
    return not turned_away and response.status_code != 403


def test_every_address_has_its_row() -> None:
    assert set(VIEWS) - set(TABLE) == set(), "Say in TABLE who may open these."
    assert set(TABLE) - set(VIEWS) == set(), "These addresses are gone; so should be their rows."


def test_every_address_lets_in_its_roles_and_turns_everybody_else_away() -> None:
    here, who = things(), people()
    wrong = []
    for name, allowed in TABLE.items():
        path = address(name, here)
        for role in ROLES:
            if answers(path, who[role]) != (role in allowed):
                wrong.append(f"{role} {'is refused' if role in allowed else 'gets into'} {name}")
            elif role not in allowed and answers(path, who[role], "post"):
                wrong.append(f"{role} may POST to {name}")
    assert wrong == []


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


@pytest.mark.parametrize("role", [ANALYST, "Moderators"])
def test_nobody_without_the_role_reads_a_draft_anywhere(role: str) -> None:
    here = things()
    client = Client()
    client.force_login(make_user(role))
    paths = [f"{reverse(name)}?q=Nobody" for name in ELSEWHERE]
    paths += [
        reverse("wagtailimages:image_usage", args=[here["image"]]),
        reverse("wagtailsnippets_content_campaign:usage", args=[here["campaign"]]),
        reverse("social_results:campaign", args=[here["campaign"]]),
        f"{reverse('wagtail_bulk_action', args=['social_publisher', 'post', 'delete'])}?id={here['post']}",
    ]
    paths += [address(name, here) for name, allowed in TABLE.items() if role in allowed and ":" in name]
    read = [path for path in paths if SECRET[:20] in client.get(path, follow=True).content.decode()]
    assert read == []


@pytest.mark.parametrize("role", [EDITOR, APPROVER, MANAGER, AUDITOR])
def test_no_role_deletes_or_publishes_posts_in_bulk(role: str) -> None:
    post = make_post()
    client = Client()
    client.force_login(make_user(role))
    for action in ("delete", "publish", "unpublish"):
        path = f"/admin/bulk/social_publisher/post/{action}/?id={post.pk}"
        client.post(path, {"confirm": "1"})
    post.refresh_from_db()
    assert not post.live


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_wagtails_own_decision_is_refused_to_a_superuser_too(action: str) -> None:
    here = things()
    path = reverse(POST + "workflow_action", args=[here["post"], action, here["task_state"]])
    assert not answers(path, make_user(superuser=True), "post")
    assert Post.objects.get(pk=here["post"]).workflow_in_progress
