"""Takes a message. Nothing that was typed is lost: whatever is wrong, the form comes back filled in."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from content.contact import tokens
from content.contact.forms import ContactForm
from content.contact.limits import address_of, within_limit
from content.contact.store import keep, kept
from content.pages.contact import ContactPage
from content.pages.navigation import Navigation


@csrf_exempt  # no cookie and no session stand behind this form; its signed token does (content.contact.tokens)
@never_cache
def send(request: HttpRequest, page_id: int) -> HttpResponse:
    """Keep the message and say so under its reference, or say what is missing."""
    page = ContactPage.objects.live().public().filter(pk=page_id).first()
    if page is None:
        raise Http404("there is no such contact page")
    address = page.get_url(request) or "/"
    if request.method != "POST":
        return HttpResponseRedirect(address)
    now = timezone.now()
    form, token = page.form(request.POST), request.POST.get("token", "")
    form_id = None
    try:
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            raise tokens.TokenError(tokens.Fault.NOT_OURS)
        form_id = tokens.read(token, page_id, now).form_id
    except tokens.TokenError as error:
        form.add_error(None, _again(error.fault))
        if error.fault is not tokens.Fault.TOO_QUICK:
            token = tokens.issue(page_id, now)
    if form_id is None or not form.is_valid():
        return _back(request, page, form, token, 422)
    sent = form.cleaned_data
    topic, recipients = page.topic(sent.get("topic", ""))
    with transaction.atomic():
        message = kept(form_id, sent["text"], topic, sent["name"], sent["email"])
        if message is None and not within_limit(address_of(request), now):
            form.add_error(None, _("Too many messages came from your connection. Wait one hour, then send it again"))
            return _back(request, page, form, token, 429)
        message = message or keep(
            form_id,
            text=sent["text"],
            topic=topic,
            name=sent["name"],
            email=sent["email"],
            language=page.locale.language_code,
            recipients=recipients,
            keep_days=page.keep_days,
            now=now,
        )
    response = HttpResponseRedirect(f"{address}?sent={message.reference}#sent")
    response.status_code = 303
    return response


def _again(fault: tokens.Fault) -> str:
    if fault is tokens.Fault.TOO_OLD:
        return _("This page was open for more than a day. Your text is still here: press “Send message” again")
    if fault is tokens.Fault.TOO_QUICK:
        return _("That was very quick. Your text is still here: press “Send message” again")
    return _("The form could not be checked. Your text is still here: press “Send message” again")


def _back(request: HttpRequest, page: ContactPage, form: ContactForm, token: str, status: int) -> HttpResponse:
    page.navigation = Navigation(page, request)
    context = page.get_context(request, form=form, token=token)
    return TemplateResponse(request, page.get_template(request), context, status=status)
