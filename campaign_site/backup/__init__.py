"""One encrypted file with everything that cannot be made again: database, media, keys. Decision 59."""
