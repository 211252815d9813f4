"""Who may open which screen.

A new screen needs a row in `TABLE`: the view's name, and the roles that may open it. What its address needs beside that
is in `ARGUMENTS`.
"""

from __future__ import annotations

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
    "social_service_level:index": DESK,
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
    "social_connect:back-of-server": {MANAGER},
    # Without anything under way it leads back to the beginning.
    "social_connect:confirm": {MANAGER},
    "social_connect:app": {MANAGER},
    "social_connect:manage": {MANAGER},
    "social_connect:protection": {MANAGER},
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
    "social_results:last_hours": DESK,
    "social_results:report": DESK,
    "social_results:archive": {AUDITOR},
    "social_results:keys": DESK,
    **screens("campaignreporting", see=DESK, write={APPROVER, ANALYST}),
    **chooser("campaignreporting", see=DESK),
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
    "results-campaigns": EVERYBODY,
    "results-campaign": EVERYBODY,
    "metrics": EVERYBODY,
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
    **{
        f"wagtailsnippets_social_publisher_{name}:": (name,)
        for name in ("channel", "campaignrules", "campaignreporting", "blackout")
    },
    CORRECTION: ("correction",),
    **{
        f"wagtailsnippetchoosers_social_publisher_{name}:": (name,)
        for name in ("post", "channel", "campaignrules", "campaignreporting", "blackout", "correction")
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
    "social_results:last_hours": ("campaign",),
    "social_results:archive": ("campaign",),
    "social_connect:begin": ("mastodon",),
    "social_connect:back": ("mastodon",),
    "social_connect:back-of-server": ("mastodon", "0123456789abcdef"),
    "social_connect:app": ("x",),
    "social_connect:manage": ("channel",),
    "social_connect:protection": ("channel",),
    "social_takedown:": ("takedown",),
    "social_takedown:start": ("post",),
    "social_takedown:start_one": ("sent", "delivery"),
    "social_takedown:step": ("step",),
    "social_translations:": ("post",),
    "social_webhooks:": ("webhook",),
    "calendar-feed": ("calendar-secret",),
    "results-campaign": ("nothing",),
    "short-link": ("nothing",),
    "video": ("nothing",),
    "rehearsal-like": ("00000000-0000-4000-8000-000000000000",),
}
