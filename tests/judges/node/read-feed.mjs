// Prints as JSON what podcast-partytime and podparse read of the feed that the argument names.
import { readFileSync } from "node:fs";
import { parseFeed } from "podcast-partytime";
import podparse from "podparse";

const feed = readFileSync(process.argv[2], "utf8");
console.log(JSON.stringify({ partytime: parseFeed(feed), podparse: podparse(feed) }));
