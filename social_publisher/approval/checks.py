"""Everything a post is checked for, on exactly what leaves of it. Screens, submitting and approving ask here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from content.records import Campaign
from media.facts import SENTENCES, Lack
from media.models import CampaignImage
from social_publisher.approval import outside_links
from social_publisher.approval.blackouts import shown
from social_publisher.approval.errors import NotSendableError
from social_publisher.approval.package import Package, Parcel
from social_publisher.approval.surroundings import Surroundings, surroundings
from social_publisher.messages.avoided_terms import avoided_terms
from social_publisher.messages.checks import ALWAYS_BLOCKING, Check, Finding
from social_publisher.messages.language_checks import all_caps, emoji_runs, hashtags_in_camel_case
from social_publisher.messages.personal_data import personal_data
from social_publisher.messages.similarity import NEARLY_THE_SAME, alike
from social_publisher.messages.words import URL, fold
from social_publisher.models import Channel, Post, PostImage, Variant
from social_publisher.networks.reader import Outcome, Seen

ORDER = {check: place for place, check in enumerate(Check)}
ALT_TEXT_CODES = {"no-alt-text", "alt-too-long"}


def findings(post: Post, package: Package, now: datetime, *, look: bool = False) -> list[Finding]:
    """Everything the checks find on what leaves of this content (a draft, or an unsaved form's instance).

    What blocks stands first. Outside links are only opened with `look`, which waits for other people's servers and
    therefore never stands in a transaction; else what was seen lately counts. Five queries at most.
    """
    around = surroundings(post, package, now)
    urls = outside_links.outside_links(post, package)
    if look:
        outside_links.look(urls)
    seen = outside_links.known(urls)
    of_time = [*_dates(package, around.campaign), *_quiet(package, alert=post.is_alert)]
    strict = [
        *_leaving(post, package, around, now),
        *_written(package, around),
        *_language(package),
        *_own_page(around),
        *_outside(seen, certain=True),
        *_statement(package, around),
        *_repeated(package, around),
        *_calendar(package, around),
        *([] if post.is_alert else of_time),
        *_people(post, around),
    ]
    # An alert may have to leave at any time.
    advice = [*_outside(seen, certain=False), *(of_time if post.is_alert else [])]
    judged = [replace(found, blocking=_blocks(found.check, around)) for found in strict]
    return sorted(_joined(judged + advice, package), key=lambda found: (not found.blocking, ORDER[found.check]))


def look_at_links(post: Post, package: Package) -> None:
    """Open the post's outside links, so that the checks know of them for the next minutes. Never in a transaction."""
    outside_links.look(outside_links.outside_links(post, package))


def require_passed(post: Post, package: Package) -> None:
    """Raise NotSendableError with the reason and the fix of every finding that blocks. Nothing is opened for it."""
    blocking = [found for found in findings(post, package, timezone.now()) if found.blocking]
    if blocking:
        raise NotSendableError(" ".join(found.message for found in blocking))


def as_data(found: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as plain data, for JSON."""
    return [
        {
            "check": str(one.check),
            "reason": one.reason,
            "fix": one.fix,
            "blocking": one.blocking,
            "channel": one.channel,
        }
        for one in found
    ]


def _blocks(check: Check, around: Surroundings) -> bool:
    return check in ALWAYS_BLOCKING or around.rules.blocks(check)


def _joined(found: list[Finding], package: Package) -> list[Finding]:
    """What is the same on every channel is told once."""
    channels: dict[Finding, list[str]] = {}
    for one in found:
        channels.setdefault(replace(one, channel=""), []).append(one.channel)
    told = []
    for one, names in channels.items():
        on_all = "" in names or len(set(names)) == len(package.parcels)
        told += [one] if on_all else [replace(one, channel=name) for name in dict.fromkeys(names)]
    return told


def _leaving(post: Post, package: Package, around: Surroundings, now: datetime) -> Iterator[Finding]:
    """What the networks or the clock would refuse. A page that its launch package makes live may still be a draft."""
    launched = post.link_page_id is not None and post.link_page_id == around.launched_page_id
    names = [str(parcel.channel) for parcel in package.parcels]
    for problem in package.problems(now):
        if problem.code == "link" and launched:
            continue
        check = Check.ALT_TEXT if problem.code in ALT_TEXT_CODES else Check.CANNOT_LEAVE
        channel = next((name for name in names if problem.message.startswith(f"{name}: ")), "")
        reason = problem.message.removeprefix(f"{channel}: ") if channel else problem.message
        yield Finding(check, reason, channel=channel)


def _written(package: Package, around: Surroundings) -> Iterator[Finding]:
    """What is wrong with the words: the text's, and for terms and personal data all that readers are told."""
    read: dict[tuple[str, str], list[Finding]] = {}
    for parcel in package.parcels:
        # Without addresses, of which each channel has its own, the words are often the same on all of them.
        text = URL.sub(" ", "\n\n".join(filter(None, (parcel.composed.warning, *parcel.composed.parts))))
        told = "\n\n".join([text, *_described(parcel)])
        if (text, told) not in read:
            read[text, told] = _wording(text, told, parcel.composed.language, around)
        yield from (replace(found, channel=str(parcel.channel)) for found in read[text, told])


def _wording(text: str, told: str, language: str, around: Surroundings) -> list[Finding]:
    return [
        *hashtags_in_camel_case(text, around.hashtags, around.names, language),
        *all_caps(text, around.names),
        *emoji_runs(text),
        *avoided_terms(told, around.rules.avoided_terms, language),
        *personal_data(told, around.rules.public_contacts.splitlines()),
    ]


def _described(parcel: Parcel) -> Iterator[str]:
    """Descriptions of pictures and video, and the words of the link's card."""
    yield from (attachment.alt_text for attachment in parcel.composed.attachments)
    if card := parcel.composed.card:
        yield from (card.title, card.description)


def _language(package: Package) -> Iterator[Finding]:
    """A channel's readers are told in their language, or are told why not."""
    for parcel in package.parcels:
        channel = parcel.channel
        if channel.language != parcel.composed.language:
            reason = _("The readers of this channel expect %(expected)s.") % {
                "expected": channel.get_language_display()
            }
            fix = _("Leave the channel out, or make a translation for it under “Languages”.")
            yield Finding(Check.LANGUAGE, reason, fix, channel=str(channel))


def _own_page(around: Surroundings) -> Iterator[Finding]:
    page = around.page
    if page is None:
        return
    if page.restricted:
        reason = _("Not everybody may open the page “%(page)s”.") % {"page": page.title}
        yield Finding(Check.LINK, reason, _("Make it public under its privacy settings, or choose another."))
    if not page.full_url:
        reason = _("The page “%(page)s” has no address.") % {"page": page.title}
        yield Finding(Check.LINK, reason, _("Move it under a site's home page, or choose another."))


def _outside(seen: dict[str, Seen], *, certain: bool) -> Iterator[Finding]:
    """What was seen at outside links; what nobody could see only advises."""
    for url, look in seen.items():
        if look.outcome is Outcome.GONE and certain:
            reason = _("Nothing can be read at %(url)s: its site answered %(status)d.")
            yield Finding(
                Check.LINK, reason % {"url": url, "status": look.status}, _("Correct the address, or remove it.")
            )
        elif look.outcome is Outcome.NOT_PUBLIC and certain:
            reason = _("The public cannot open %(url)s: it asks to sign in, or leads inside a private network.")
            yield Finding(Check.LINK, reason % {"url": url}, _("Choose an address that anybody can open."))
        elif look.outcome is Outcome.UNTOLD and not certain:
            reason = _("It could not be checked whether %(url)s works.") % {"url": url}
            yield Finding(Check.LINK, reason, _("Open it yourself before the post leaves."))


def _statement(package: Package, around: Surroundings) -> Iterator[Finding]:
    """A funded campaign's post bears its funder's statement, or leads to a page of this site that shows it."""
    if not around.statement or (around.page is not None and around.page.shows_statement):
        return
    wanted = _plain(around.statement).rstrip(".")
    fix = _("Add “%(statement)s”, or link to a page of the campaign or its project, which shows it.")
    if around.page_with_it:
        fix = _("Link to the campaign's page “%(page)s”, which shows it, or add “%(statement)s”.")
    for parcel in package.parcels:
        if wanted not in _plain(parcel.composed.text):
            yield Finding(
                Check.FUNDING_STATEMENT,
                _("Readers are not told who pays for this campaign."),
                fix % {"statement": around.statement, "page": around.page_with_it},
                channel=str(parcel.channel),
            )


def _plain(text: str) -> str:
    return " ".join(fold(text).split())


def _repeated(package: Package, around: Surroundings) -> Iterator[Finding]:
    for parcel in package.parcels:
        text = parcel.composed.text
        for recent in around.recent.get(parcel.channel.pk, ()):
            if alike(text, recent.text) >= NEARLY_THE_SAME:
                day = date_format(timezone.localtime(recent.at), "DATE_FORMAT")
                reason = _("Readers of the channel have nearly these words from %(day)s: “%(start)s”.")
                start = " ".join(recent.text.split())[:60]
                fix = _("Say something new, or leave this channel out.")
                yield Finding(
                    Check.NEAR_DUPLICATE, reason % {"day": day, "start": start}, fix, channel=str(parcel.channel)
                )
                break


def _calendar(package: Package, around: Surroundings) -> Iterator[Finding]:
    for parcel in package.parcels:
        blackout = around.blackouts.get(parcel.channel.pk)
        if blackout is not None:
            reason = _("It would leave during “%(name)s” (%(kind)s).")
            values = {"name": blackout, "kind": blackout.get_kind_display()}
            fix = _("Choose a time after %(end)s.") % {"end": shown(blackout.ends_at)}
            yield Finding(Check.BLACKOUT, reason % values, fix, channel=str(parcel.channel))


def _dates(package: Package, campaign: Campaign) -> Iterator[Finding]:
    """Results and report are the campaign's, so a post far from its days is likely another's, or has a wrong date."""
    for parcel in package.parcels:
        match outside(campaign, parcel.channel, parcel.due_at) if parcel.due_at else None:
            case None:
                continue
            case ("before", day):
                reason = _("It would leave before the campaign begins, on %(day)s.")
            case (_after, day):
                reason = _("It would leave after the campaign's last day, %(day)s.")
        fix = _("Choose another day, or correct the campaign's dates.")
        values = {"day": date_format(day, "DATE_FORMAT")}
        yield Finding(Check.CAMPAIGN_DATES, reason % values, fix, channel=str(parcel.channel))


def outside(campaign: Campaign, channel: Channel, at: datetime) -> tuple[str, date] | None:
    """Whether a time is `before` the campaign's first day or `after` its last, and that day; None within. Days are the
    channel's."""
    day = at.astimezone(channel.zone).date()
    if campaign.starts_on and day < campaign.starts_on:
        return "before", campaign.starts_on
    return ("after", campaign.ends_on) if campaign.ends_on and day > campaign.ends_on else None


def _quiet(package: Package, *, alert: bool) -> Iterator[Finding]:
    """Quiet hours in each channel's own zone."""
    for parcel in package.parcels:
        channel = parcel.channel
        if parcel.due_at is None or not is_quiet(channel, parcel.due_at):
            continue
        values = {
            "time": f"{parcel.due_at.astimezone(channel.zone):%H:%M}",
            "from": f"{channel.quiet_from:%H:%M}",
            "until": f"{channel.quiet_until:%H:%M}",
            "zone": channel.time_zone,
        }
        reason = _("It would leave at %(time)s, in the quiet hours from %(from)s to %(until)s (%(zone)s).") % values
        fix = _("Choose a time from %(until)s on.") % values
        if alert:
            fix = _("An alert may leave all the same, if it cannot wait.")
        yield Finding(Check.QUIET_HOURS, reason, fix, channel=str(channel))


def is_quiet(channel: Channel, at: datetime) -> bool:
    """Whether the channel has quiet hours then. Ones that end when they begin last all day."""
    start, end = channel.quiet_from, channel.quiet_until
    if start is None or end is None:
        return False
    local = at.astimezone(channel.zone).time()
    return start <= local < end if start < end else local >= start or local < end


def _people(post: Post, around: Surroundings) -> Iterator[Finding]:
    """What a person has to vouch for: a translation, people in pictures, a correction at hand."""
    if post.from_machine:
        reason = _("A machine translated it and nobody has checked it.")
        fix = _("Have it read by somebody who knows the language, then clear the mark.")
        yield Finding(Check.UNREVIEWED_TRANSLATION, reason, fix)
    if any(image.people == PostImage.People.RECOGNISABLE for image in _leaving_pictures(post)):
        reason = _("A picture shows people who can be recognised and have not agreed.")
        fix = _("Choose another picture, make them unrecognisable, or get their written agreement.")
        yield Finding(Check.FACES, reason, fix)
    yield from _library(post)
    if post.is_alert and not around.has_correction:
        reason = _("It is an alert, and no approved correction is at hand should it prove wrong.")
        yield Finding(
            Check.NO_CORRECTION, reason, _("Choose one of the campaign's approved corrections, or write one.")
        )


def _library(post: Post) -> Iterator[Finding]:
    """What the library says of the pictures and the video that leave; one query where there are pictures."""
    keys = {picture.image_id for picture in _leaving_pictures(post)}
    keys |= {variant.image_id for variant in post.variants.all() if variant.media == Variant.Media.OWN}
    for image in CampaignImage.objects.filter(pk__in=keys - {None}) if keys - {None} else ():
        # A post's picture has a description of its own.
        if found := [lack for lack in image.lacks if lack is not Lack.DESCRIPTION]:
            reason = _("The picture “%(title)s” may not be published.") % {"title": image.title}
            yield Finding(Check.PICTURE_FACTS, reason, " ".join(str(SENTENCES[lack]) for lack in found))
    if _shares_media(post) and post.video is not None and post.video.lacks:
        reason = _("The video “%(title)s” may not be published.") % {"title": post.video.title}
        yield Finding(Check.PICTURE_FACTS, reason, " ".join(str(SENTENCES[lack]) for lack in post.video.lacks))


def _leaving_pictures(post: Post) -> list[PostImage]:
    """The shared pictures, if a channel takes them."""
    return list(post.images.all()) if _shares_media(post) else []


def _shares_media(post: Post) -> bool:
    return any(variant.media == Variant.Media.SHARED for variant in post.variants.all())
