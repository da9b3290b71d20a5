"""The engines that ship with the program; each registers by an entry point, as a stranger's would."""
