#!/bin/sh
# Runs pytest on a file. Usage: run_pytest.sh PYTHON FILE; exit status 77 where there is no pytest.
"$1" -c 'import pytest' 2>/dev/null || { echo "skipped: $1 has no pytest"; exit 77; }
exec "$1" -m pytest -q -p no:cacheprovider "$2"
