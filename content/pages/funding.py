"""The notice of who pays on pages about a funded project, and the gate that keeps a page without it from the public."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from content.pages.refused import RefusedError
from content.records import Project
from content.records.funded import funding_of, with_funding
from content.visibility import Notice, notice_for


class StatementMissingError(RefusedError):
    """A page about a funded project cannot be published: its funder's statement is missing."""

    def __init__(self, page: Page, project: Project) -> None:
        programme = project.grant.programme if project.grant else ""
        text = _(
            "“%(page)s” is about the project “%(project)s”. Its programme “%(programme)s” has no funding statement in "
            "the page's language or in the site's main one. Add it under Records, Programmes, then publish the page."
        )
        super().__init__(page, text, params={"page": page.title, "project": project, "programme": programme})


class FundingMixin(Page):
    """A page that may be about a funded project. It shows who pays, or it is not published."""

    class Meta:
        abstract = True

    def funded_project_id(self) -> int | None:
        """Return the key of the project the page is about. Page types say which."""
        return None

    @cached_property
    def funded_project(self) -> Any:
        """The project the page is about, with its funding and its page here (`page_title`, `page_path`); None for other
        pages. One query, once a request."""
        if not (key := self.funded_project_id()):
            return None
        pages: Any = Project._meta.get_field("pages").related_model
        own = pages.objects.live().filter(project_id=OuterRef("pk"), locale_id=self.locale_id, alias_of=None)[:1]
        shown: Any = with_funding().annotate(
            page_title=Subquery(own.values("title")), page_path=Subquery(own.values("url_path"))
        )
        return shown.get(pk=key)

    @cached_property
    def notice(self) -> Notice | None:
        """What the page shows of its funder; every page's frame shows it before the title."""
        project = self.funded_project
        funding = funding_of(project) if project else None
        return notice_for(funding, self.locale.language_code, settings.LANGUAGE_CODE) if funding else None

    def require_statement(self) -> None:
        """Raise StatementMissingError if the page needs its funder's statement and has none. Records are read anew."""
        key = self.funded_project_id()
        project = with_funding().filter(pk=key).first() if key else None
        funding = funding_of(project) if project else None
        language = self.locale.language_code if self.locale_id else settings.LANGUAGE_CODE
        if project and funding and notice_for(funding, language, settings.LANGUAGE_CODE) is None:
            raise StatementMissingError(self, project)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Every way to publish ends here, with `live` set: the editor, a workflow, the clock, an interface."""
        clean = args[0] if args else kwargs.get("clean", True)
        if clean and self.live and kwargs.get("update_fields") is None:
            self.require_statement()
        return super().save(*args, **kwargs)

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> None:
        """A page that is only scheduled is not live yet; it is refused when it is scheduled, not in the night."""
        content = revision.as_object()
        if content.go_live_at and content.go_live_at > timezone.now():
            content.require_statement()
        super().publish(revision, *args, **kwargs)


class PublishingForm(WagtailAdminPageForm):
    """The page editor's form. What keeps a page from the public is said on publishing and submitting, not on drafts."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_deferred_validation or self.errors or not isinstance(self.instance, FundingMixin):
            return
        try:
            self.instance.require_statement()
        except StatementMissingError as error:
            self.add_error("project" if "project" in self.fields else None, error)
