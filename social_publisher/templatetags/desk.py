from __future__ import annotations

from django import template

from social_publisher.approval.package import Parcel, build_package
from social_publisher.models import Post

register = template.Library()


@register.simple_tag
def parcels(post: Post) -> tuple[Parcel, ...]:
    """What leaves of a post, saved or not, on each channel."""
    return build_package(post).parcels
