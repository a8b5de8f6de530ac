"""`python -m reconcile.cli`, for where the `reconcile` command is not on the path."""

from reconcile.cli import main

main()
