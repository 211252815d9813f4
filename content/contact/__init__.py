"""The contact form: no third party, no cookie, no stored address; what was typed is never lost to an error."""
