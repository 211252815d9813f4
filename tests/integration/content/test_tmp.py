import re, pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page
from content.pages import CampaignPage
pytestmark = pytest.mark.usefixtures("starting_content")
def test_q():
    ro=Locale.objects.get(language_code="ro")
    for p in Page.objects.filter(locale__language_code="en", depth__gt=1).order_by("path").specific():
        if p.depth==2 or "campaign" in p.url_path: p.copy_for_translation(ro).save_revision().publish()
    url="/ro/campaigns/against-smuggling/"
    c=Client(); print(c.get(url).status_code)
    with CaptureQueriesContext(connection) as q: c.get(url)
    for i,x in enumerate(q.captured_queries): print(i, re.sub(r'SELECT .{0,4000}? FROM','SELECT.. FROM',x["sql"])[:330])
def test_kit():
    from media.models import CampaignImage
    from media.renditions import KIT
    from content.pages import press_kit
    im=CampaignImage.objects.get()
    im.get_renditions(*(s.spec for s in KIT))
    p=CampaignPage.objects.get()
    print([ (r.filter_spec, r.file.name) for r in im.renditions.all()])
    print(press_kit.pictures(p.kit))
    im.refresh_from_db(); print(getattr(im,"sizes",None))
