"""One module a network. Plain dataclasses in, plain dataclasses out; knows no model and no database."""
