"""Telling people: in the admin, by mail, by webhook; each as they chose."""
