"""Many articles in one go: what comes in, what runs side by side, and the lines that come out."""
