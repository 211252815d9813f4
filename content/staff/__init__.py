"""What staff see of hotlines and readers' messages in the admin."""
