"""What a Patient School is: pure data and rules. No files, no clock, standard library only."""
