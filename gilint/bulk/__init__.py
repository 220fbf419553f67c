"""Many inputs: judged by workers, kept on disk rather than in memory, given in the order in which they were named."""
