"""Settings: `development`, `production` and `test` each stand on `base`; every value comes from the environment."""
