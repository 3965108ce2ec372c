"""Memory of a process that has everything it will keep and now only answers."""

import gc

import pyarrow


def settle() -> None:
    """Give back what starting has freed, and never again search through what stays for ever.

    The first saves some 15 MB a process, the second pauses of the garbage collector during requests.
    """
    gc.collect()
    gc.freeze()
    pyarrow.default_memory_pool().release_unused()
