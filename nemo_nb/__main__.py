"""`python -m nemo_nb` is `nemo-nb`."""

from .cli import main

raise SystemExit(main())
