"""Being written."""
from gilint.checks import check


@check("typography")
def typography(report, options):
    """x"""
    return ()
