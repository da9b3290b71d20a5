"""Subscriptions: which feeds are followed, what is new in them, and how their servers are asked.

What is new is handed to the pipeline as a `Source` that is known as the same article whatever becomes of its address and its text.
"""
