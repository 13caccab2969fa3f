"""Media files: their formats, ffmpeg under guard, probing, samples and proxies. Knows no draft."""
