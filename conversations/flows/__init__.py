"""One file per talk."""
