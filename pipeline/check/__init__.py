"""Rules over an annotated report: `rule` says what one is, `runner` runs them, `rules` holds them by family."""
