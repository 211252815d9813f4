"""What the running site, clocks and workers may do in the database: read and write rows, and never change the record,
a table or a trigger. The owner's role is for `prepare`, `migrate` and `restore` alone. Decision 60."""

from __future__ import annotations

from typing import Any

from psycopg import sql

AUDIT = "social_publisher_auditevent"
# What a role must not be able to do; asked of PostgreSQL by `can_alter_record`.
ASK = """
SELECT has_table_privilege(%s, 'DELETE') OR has_table_privilege(%s, 'TRUNCATE')
    OR has_column_privilege(%s, 'subject', 'UPDATE')
    OR pg_has_role((SELECT relowner FROM pg_class WHERE oid = %s::regclass), 'MEMBER')
"""
GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
    "REVOKE UPDATE, DELETE ON {audit} FROM {role}",
    # The only change of the record there is: an entry is sealed once, which a trigger watches over.
    "GRANT UPDATE (place, hash) ON {audit} TO {role}",
    "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
)


def make_role(cursor: Any, role: str) -> bool:
    """Make the role if it is missing, without a password; whether it was made. Needs the right to make roles."""
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    if cursor.fetchone():
        return False
    cursor.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
    return True


def grant(cursor: Any, role: str) -> None:
    """Give a role what running needs, and take what it does not. Run by the owner, after every migration."""
    names = {"role": sql.Identifier(role), "audit": sql.Identifier(AUDIT)}
    for statement in GRANTS:
        cursor.execute(sql.SQL(statement).format(**names))


def can_alter_record(cursor: Any) -> bool:
    """Whether the role of this connection could change the record behind everybody's back."""
    cursor.execute(ASK, [AUDIT] * 4)
    return bool(cursor.fetchone()[0])
