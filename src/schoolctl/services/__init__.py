"""One function for each thing an organiser does; they return results, never print, never exit."""
