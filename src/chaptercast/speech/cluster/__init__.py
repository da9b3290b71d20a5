"""Speaks on the machines of a Dask cluster instead of local worker processes. Dask is loaded only when it is requested."""
