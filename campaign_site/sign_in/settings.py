"""What django-allauth and django-axes are told. Read by the settings; knows no Django that is set up."""

from __future__ import annotations

from typing import Any

from environs import Env

APPS = [
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
]
BACKENDS = ["axes.backends.AxesStandaloneBackend", "allauth.account.auth_backends.AuthenticationBackend"]
# The only provider there can be: the organisation's own.
PROVIDER = "organisation"


def read(env: Env) -> dict[str, Any]:
    """The settings, by name. Durations are in seconds."""
    return {
        "ACCOUNT_ADAPTER": "campaign_site.sign_in.adapters.AccountAdapter",
        "ACCOUNT_LOGIN_METHODS": {"username"},
        "ACCOUNT_SIGNUP_FIELDS": ["username*", "password1*", "password2*"],
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "ACCOUNT_SESSION_REMEMBER": False,
        # Of wrong codes; django-axes counts wrong passwords, for all processes together.
        "ACCOUNT_RATE_LIMITS": {"login_failed": "5/5m/key", "reset_password": "20/h/ip,3/h/key"},
        "ACCOUNT_REAUTHENTICATION_TIMEOUT": env.int("CONFIRM_AGAIN_SECONDS", 300),
        "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": False,
        "ACCOUNT_EMAIL_NOTIFICATIONS": False,
        "SOCIALACCOUNT_ADAPTER": "campaign_site.sign_in.adapters.SingleSignOnAdapter",
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": False,
        "SOCIALACCOUNT_LOGIN_ON_GET": False,
        "SOCIALACCOUNT_REQUESTS_TIMEOUT": 10,
        "MFA_ADAPTER": "campaign_site.sign_in.adapters.SecondFactorAdapter",
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_ALLOW_UNVERIFIED_EMAIL": True,
        "MFA_TOTP_ISSUER": env.str("SECOND_FACTOR_ISSUER", "SELEC campaigns"),
        "MFA_RECOVERY_CODES_SHOW_ONCE": True,
        # Wrong passwords are counted in the database, for all processes together, by account and by address.
        "AXES_LOCKOUT_PARAMETERS": ["username", "ip_address"],
        "AXES_FAILURE_LIMIT": env.int("SIGN_IN_FAILURES", 10),
        "AXES_COOLOFF_TIME": "campaign_site.sign_in.locks.how_long",
        "AXES_LOCKOUT_CALLABLE": "campaign_site.sign_in.locks.locked_out",
        "AXES_CLIENT_IP_CALLABLE": "campaign_site.sign_in.locks.client_address",
        "AXES_USERNAME_CALLABLE": "campaign_site.sign_in.locks.name_typed",
        # Or whoever has an account could guess nine times at another's, sign in, and begin anew.
        "AXES_RESET_ON_SUCCESS": False,
        "AXES_DISABLE_ACCESS_LOG": True,
        "AXES_ENABLE_ADMIN": False,
        "AXES_VERBOSE": False,
        "AXES_SENSITIVE_PARAMETERS": ["password", "login", "code", "credential", "csrfmiddlewaretoken"],
    }


def providers(env: Env) -> dict[str, Any]:
    """OpenID Connect: strict, and with the organisation's own sign-in where OIDC_SERVER_URL is set."""
    found: dict[str, Any] = {"provider_class": "campaign_site.sign_in.openid.Provider", "OAUTH_PKCE_ENABLED": True}
    server = env.str("OIDC_SERVER_URL", "").rstrip("/")
    if not server:
        return {"openid_connect": {**found, "APPS": []}}
    asked = env.str("OIDC_SECOND_FACTOR_ACR", "")
    app = {
        "provider_id": PROVIDER,
        "name": env.str("OIDC_NAME", "Single sign-on"),
        "client_id": env.str("OIDC_CLIENT_ID"),
        "secret": env.str("OIDC_CLIENT_SECRET"),
        "settings": {
            "server_url": server,
            "oauth_pkce_enabled": True,
            "auth_params": {"acr_values": asked} if asked else {},
        },
    }
    return {"openid_connect": {**found, "APPS": [app]}}
