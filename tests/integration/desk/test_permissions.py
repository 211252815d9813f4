"""Who gets where: every address of the desk, and every way of Wagtail's own to a post, for every role.

The table is in `roles.py`.
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
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Task, TaskState, WorkflowState

from social_publisher.approval import service
from social_publisher.models import (
    Alert,
    Blackout,
    CalendarFeed,
    CampaignReporting,
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
from tests.integration.desk.roles import (
    ANALYST,
    APPROVER,
    ARGUMENTS,
    AUDITOR,
    CHANGES,
    EDITOR,
    MANAGER,
    POST,
    ROLES,
    TABLE,
)
from tests.pages import make_home, make_news

# Screens of usage show what refers to what.
pytestmark = [pytest.mark.django_db, pytest.mark.reference_index]

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
        "campaignreporting": CampaignReporting.objects.create(campaign=post.campaign),
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


def test_no_role_deletes_posts_in_bulk_and_nobody_can_publish_them_so() -> None:
    post, client = make_post(), Client()
    offered = bulk_action_registry.get_bulk_actions_for_model("social_publisher", "post")
    assert {action.action_type for action in offered} == {"delete", "spread"}
    for role in (EDITOR, APPROVER, MANAGER, AUDITOR):
        client.force_login(make_user(role))
        client.post(f"/admin/bulk/social_publisher/post/delete/?id={post.pk}", {"confirm": "1"})
        assert Post.objects.filter(pk=post.pk).exists(), role


def test_wagtails_own_decision_is_refused_to_a_superuser_too() -> None:
    post, superuser = submitted(), make_user(superuser=True)
    for action in ("approve", "reject"):
        path = reverse(POST + "workflow_action", args=[post.pk, action, TaskState.objects.get().pk])
        assert not answers(path, superuser, "post")
        assert Post.objects.get(pk=post.pk).workflow_in_progress
