#!/bin/sh
# Run once, when the database is made: who owns the tables, and who works with them.
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" \
    -v owner="$(cat /run/secrets/owner_password)" -v run="$(cat /run/secrets/run_password)" <<'SQL'
CREATE ROLE campaign_owner LOGIN PASSWORD :'owner';
CREATE ROLE campaign_run LOGIN PASSWORD :'run';
CREATE DATABASE campaigns OWNER campaign_owner;
SQL
