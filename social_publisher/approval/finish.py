from __future__ import annotations

from typing import Any


def finish_workflow(workflow_state: Any, user: Any = None) -> None:
    """What an approved workflow does. A post's approved draft becomes its row without anybody having "publish".

    Named by WAGTAIL_FINISH_WORKFLOW_ACTION; everything but posts keeps Wagtail's own way. Wagtail imports this module
    while its own models load, so the imports stand inside.
    """
    from wagtail.workflows import publish_workflow_state

    from social_publisher.models import Post

    content = workflow_state.content_object
    if isinstance(content, Post):
        content.get_latest_revision().publish(user=user, skip_permission_checks=True)
    else:
        publish_workflow_state(workflow_state, user=user)
