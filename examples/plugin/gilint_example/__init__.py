"""What this plugin brings to gilint. A hook that is not needed is left out."""

from pathlib import Path

import gilint
from gilint_example.checks import paragraph_length
from gilint_example.reporters import RowsReporter


@gilint.hookimpl
def gilint_checks():
    return [paragraph_length]


@gilint.hookimpl
def gilint_packs():
    return [Path(__file__).parent / "rules"]


@gilint.hookimpl
def gilint_reporters():
    return [RowsReporter]
