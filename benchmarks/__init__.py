"""How fast gilint is, as ratios that hold on any machine: ``python -m benchmarks --help``."""
