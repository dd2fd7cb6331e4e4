"""What the benchmarks measure with: makers of catalogues and questions, and the other engines beside ours."""
