"""What every picture stands on: style, two layers of SVG, and the picture itself."""
