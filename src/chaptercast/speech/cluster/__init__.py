"""Speech by the machines of a Dask cluster, in place of the worker processes of this one. Dask is loaded only where it is asked for."""
