from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks.choosers import PartnerChooserBlock, PictureBlock
from content.blocks.groups import LINKS
from content.blocks.samples import PERSON, SamplePartner


class PersonBlock(blocks.StructBlock):
    """A person as he or she wants to be named here."""

    name = blocks.CharBlock(label=_("Name"), max_length=120)
    role = blocks.CharBlock(label=_("Role"), required=False, max_length=160)
    organisation = blocks.CharBlock(label=_("Organisation"), required=False, max_length=160)
    photo = PictureBlock(
        label=_("Portrait"), required=False, help_text=_("Only with the person's consent. The name describes it.")
    )

    class Meta:
        icon = "user"
        label = _("Person")
        label_format = "{name}"


class PeopleBlock(blocks.StructBlock):
    """People with their roles."""

    people = blocks.ListBlock(PersonBlock(), label=_("People"), min_num=1)

    class Meta:
        icon = "user"
        label = _("People")
        group = LINKS
        description = _("Names, roles and portraits of people who agreed to be named.")
        template = "content/blocks/people.html"
        preview_value = {
            "people": [
                {"name": "Name of a person", "role": "Role", "organisation": "Organisation", "photo": PERSON},
                {"name": "Name of another person", "role": "Role", "organisation": "", "photo": None},
            ]
        }


class PartnersBlock(blocks.StructBlock):
    """Organisations from the records; their names and countries are kept there."""

    partners = blocks.ListBlock(PartnerChooserBlock(label=_("Partner")), label=_("Partners"), min_num=1)

    class Meta:
        icon = "group"
        label = _("Partners")
        group = LINKS
        description = _("Organisations from the records, with country and website.")
        template = "content/blocks/partners.html"
        preview_value = {"partners": [SamplePartner(), SamplePartner()]}
