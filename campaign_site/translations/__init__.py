"""The words of the screens in every language: found in the code, kept in .po files, compiled when they changed."""
