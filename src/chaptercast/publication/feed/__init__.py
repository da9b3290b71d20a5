"""The podcast feed of a site: RSS 2.0 from its episodes and from the show's description in `show.toml`."""
