from __future__ import annotations


class BackupError(Exception):
    """Nothing was lost; the words say what is wrong and what to do."""
