"""Narrating: a `Document` becomes a `Script`, sections of typed parts: what is said, and where it pauses."""
