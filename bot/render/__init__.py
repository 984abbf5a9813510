"""Words and pictures of what the services found."""
