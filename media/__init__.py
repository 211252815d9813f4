"""The library: images and documents, cleaned as they come in."""
