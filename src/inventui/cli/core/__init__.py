"""What the commands of every room use."""
