"""The podcast feed of a site: RSS 2.0 from its episodes and from what its `show.toml` says of the whole."""
