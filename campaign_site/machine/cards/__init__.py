"""The picture of a page that networks and messengers show beside its link: its title over its campaign's art."""
