"""What asking a service takes: limits, deadlines, retries, and the proof that everything was spoken."""
