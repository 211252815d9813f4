"""Where staff sign in, and where they keep what they sign in with. Only what this site offers of django-allauth."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

from campaign_site.sign_in import confirming, leaving, openid, sessions
from campaign_site.sign_in.forgotten import forgotten
from campaign_site.sign_in.own import own

_to_sign_in = RedirectView.as_view(pattern_name="account_login")

urlpatterns: list[Any] = [
    path("login/", account.login, name="account_login"),
    path("logout/", leaving.sign_out),
    path("password_reset/", forgotten),
    path("account/", own),
    path("sign-in/out/", account.logout, name="account_logout"),
    path("sign-in/confirm/", confirming.by_password, name="account_reauthenticate"),
    path("sign-in/inactive/", account.account_inactive, name="account_inactive"),
    # Names that django-allauth asks for; nobody signs up here, and passwords are reset by Wagtail.
    path("sign-in/none/", _to_sign_in, name="account_signup"),
    path(
        "sign-in/forgotten/",
        RedirectView.as_view(pattern_name="wagtailadmin_password_reset"),
        name="account_reset_password",
    ),
    path("sign-in/factors/", include("allauth.mfa.urls")),
    path("sign-in/sessions/", sessions.own, name="usersessions_list"),
]

# By the organisation's own sign-in.
single: list[Any] = [
    path("sign-in/single/oidc/<slug:provider_id>/login/", openid_connect.login, name="openid_connect_login"),
    path("sign-in/single/oidc/<slug:provider_id>/login/callback/", openid.callback, name="openid_connect_callback"),
    path("sign-in/single/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/single/error/", social.login_error, name="socialaccount_login_error"),
    path("sign-in/single/none/", _to_sign_in, name="socialaccount_signup"),
    path("sign-in/single/connections/", _to_sign_in, name="socialaccount_connections"),
]

if settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
    urlpatterns += single
