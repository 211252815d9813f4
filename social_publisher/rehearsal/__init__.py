"""The wall: where rehearsal posts appear. It stands for a network, so it has its own record and its own page."""
