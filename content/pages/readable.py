"""The gate that keeps a page from the public while it shuts readers out: its blocks, its title, its picture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from content.pages.funding import PublishingForm
from content.pages.pictures import picture_problems
from content.pages.refused import RefusedError
from content.pages.series import PartOfSeries
from content.quality import alt_findings, heading_findings, refuse, rich_text_findings


class UnreadableError(RefusedError):
    """A page cannot be published: some readers could not use it."""

    def __init__(self, page: Page, reasons: list[str]) -> None:
        text = _("“%(page)s” is not published yet. %(reasons)s")
        super().__init__(page, text, params={"page": page.title, "reasons": " ".join(dict.fromkeys(reasons))})


class ReadableMixin(Page):
    """A page that is published only when its texts can be read by everybody. Drafts may be as they are."""

    image: Any
    image_alt: str

    class Meta:
        abstract = True

    def field_problems(self) -> dict[str, ValidationError]:
        """Return what is wrong with the page's own fields."""
        found = {"title": heading_findings(self.title)}
        if getattr(self, "image", None) and self.image_alt:
            found["image_alt"] = alt_findings(self.image_alt)
        for field in self._meta.get_fields():
            if isinstance(field, RichTextField):
                found[field.name] = rich_text_findings(field.value_from_object(self) or "")
        return {name: error for name, findings in found.items() if (error := refuse(findings))}

    def block_problems(self) -> dict[str, ValidationError]:
        """Return what the blocks of each text refuse, as the editor's form would."""
        errors = {}
        for field in self._meta.get_fields():
            if isinstance(field, StreamField):
                try:
                    field.stream_block.clean(field.value_from_object(self))
                except ValidationError as error:
                    errors[field.name] = error
        return errors

    def require_readable(self) -> None:
        """Raise UnreadableError, with every reason, if the page may not be published as it is."""
        errors = [*self.field_problems().values(), *self.block_problems().values(), *picture_problems(self)]
        if reasons := [reason for error in errors for reason in reasons_of(error)]:
            raise UnreadableError(self, reasons)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Every way to publish ends here, with `live` set: the editor, a workflow, the clock, an interface."""
        clean = args[0] if args else kwargs.get("clean", True)
        if clean and self.live and kwargs.get("update_fields") is None:
            self.require_readable()
        return super().save(*args, **kwargs)

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> None:
        """A page that is only scheduled is refused when it is scheduled, not in the night."""
        content = revision.as_object()
        if content.go_live_at and content.go_live_at > timezone.now():
            content.require_readable()
        super().publish(revision, *args, **kwargs)


class CheckedForm(PublishingForm):
    """The page editor's form. Blocks say their own reasons in their places; here are those of the page's fields."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_deferred_validation or not isinstance(self.instance, ReadableMixin):
            return
        for name, error in self.instance.field_problems().items():
            self.add_error(name if name in self.fields else None, error)
        for error in picture_problems(self.instance):
            self.add_error(None, error)
        if isinstance(self.instance, PartOfSeries) and (beyond := self.instance.beyond_its_series()):
            self.add_error("series_part" if "series_part" in self.fields else None, beyond)


def reasons_of(error: ValidationError) -> Iterator[str]:
    """Yield every reason inside an error, however deep its blocks are nested."""
    if not hasattr(error, "non_block_errors"):
        yield from error.messages
        return
    rows = (getattr(error, "cell_errors", None) or {}).values()
    inside = [*(getattr(error, "block_errors", None) or {}).values(), *(cell for row in rows for cell in row.values())]
    for nested in inside:
        yield from reasons_of(nested)
    for plain in error.non_block_errors.as_data():
        yield from plain.messages
