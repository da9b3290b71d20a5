"""The engines that ship with the program. Each registers by an entry point, exactly as a third-party engine does."""
