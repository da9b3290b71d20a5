"""Requests to online services: limits, deadlines, retries, and the proof that everything was spoken."""
