"""The WSGI entry point, for granian."""

from __future__ import annotations

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_site.settings.production")

django_application = get_wsgi_application()

# Only now are the models there.
from campaign_site.page_cache.start import with_page_cache  # noqa: E402
from social_publisher.engagement.door import Door  # noqa: E402

# What is loaded now stays for good. Looking through it for garbage would hold some requests up for tenths of a second.
import_module(settings.ROOT_URLCONF)
application = with_page_cache(Door(django_application))
gc.collect()
gc.freeze()
