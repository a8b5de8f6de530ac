"""Great Expectations without its usage statistics: imported before anything that imports Great Expectations.

The switch must stand in the environment before the first import; the context's own file says the same a second time.
"""

from __future__ import annotations

import logging
import os

os.environ["GX_ANALYTICS_ENABLED"] = "false"

# It logs each opening of a context and each batch; a run says what it has to say itself.
logging.getLogger("great_expectations").setLevel(logging.ERROR)
