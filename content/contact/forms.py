"""What a reader fills in, and what is said when something is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 5000


class ContactForm(forms.Form):
    """Message, topic, and who asks; only the message is required."""

    topic = forms.ChoiceField(
        label=_("What is it about?"),
        error_messages={
            "required": _("Choose what your message is about"),
            "invalid_choice": _("Choose one of the topics in the list"),
        },
    )
    text = forms.CharField(
        label=_("Your message"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": _("Write your message"),
            "max_length": _("Shorten your message to 5,000 characters"),
            "null_characters_not_allowed": _("Remove the invisible characters from your message"),
        },
    )
    name = forms.CharField(
        label=_("Your name (optional)"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"max_length": _("Shorten your name to 120 characters")},
    )
    email = forms.EmailField(
        label=_("Your email address (optional)"),
        help_text=_("We need it only if you want an answer."),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "invalid": _("Write an email address in full, such as name@example.org"),
            "max_length": _("Shorten the email address"),
        },
    )
    # A trap: people do not see it, programs fill it in.
    website = forms.CharField(
        label=_("Leave this field empty"),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, topics: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "contact-%s")
        super().__init__(*args, **kwargs)
        if topics:
            self.fields["topic"] = _with_choices(self.fields["topic"], topics)
        else:
            del self.fields["topic"]
        for name, field in self.fields.items():
            described = [f"contact-{name}-help"] if field.help_text else []
            if self.is_bound and name in self.errors:
                described.append(f"contact-{name}-error")
                field.widget.attrs["aria-invalid"] = "true"
            if described:
                field.widget.attrs["aria-describedby"] = " ".join(described)

    # The browser's own bubbles are in the browser's language and vanish; ours stay.
    use_required_attribute = False

    def clean_website(self) -> str:
        """Whoever fills in the trap may still be a person with a zealous browser: it is said, not swallowed."""
        if self.cleaned_data["website"]:
            emptied: Any = self.data
            emptied = emptied.copy()
            emptied["website"] = ""
            self.data = emptied
            raise forms.ValidationError(
                _("A field that must stay empty was filled in. It is empty now: press “Send message” again")
            )
        return ""


def _with_choices(field: forms.Field, choices: Sequence[tuple[str, str]]) -> forms.Field:
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", _("Choose a topic")), *choices]
    return field
