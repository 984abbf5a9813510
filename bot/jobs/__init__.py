"""What the bot does by itself at set times: a file a job."""
