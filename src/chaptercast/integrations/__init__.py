"""What happens with other programs: a command after each episode, servers that keep articles, and servers that take recordings."""
