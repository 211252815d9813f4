"""What programs read: feeds, sitemap, robots, cards, linked data, the API, oEmbed; and the old site's addresses."""
