"""Networks on loopback: a server with its own record that fails as told, and a module that speaks to it over HTTP."""
