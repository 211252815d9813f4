"""The screens of planning ahead: posting times, spreading, series."""
