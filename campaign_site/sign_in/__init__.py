"""How staff sign in: passwords, second factors, passkeys, single sign-on, sessions, invitations. Decision 58."""
