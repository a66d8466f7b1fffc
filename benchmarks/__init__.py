"""Speed, as ratios measured side by side in one run; what is timed is first checked to be right."""
