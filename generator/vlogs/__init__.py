"""What vlogs are made of, read alone: films, subtitles, addresses of players elsewhere."""
