"""The narrating stage: turns a `Document` into a `Script`, sections of typed parts that say what is spoken and where it pauses."""
