"""Follows feeds: which feeds are subscribed, what is new in them, and how their servers are asked.

New articles are handed to the pipeline as `Source` values. Each has a key that stays the same, even if the address or the text of the
article changes.
"""
