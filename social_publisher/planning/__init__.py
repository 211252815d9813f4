"""When posts leave, planned ahead: channels' weekly times, posts spread over them, posts that come again."""
