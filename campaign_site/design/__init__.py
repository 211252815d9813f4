"""The design system: small stylesheets by component, served as one file."""
