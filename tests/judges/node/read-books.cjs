// Prints as JSON what Thorium's parser reads of the books that the arguments name.
const { initGlobalConverters_GENERIC, initGlobalConverters_SHARED } = require("r2-shared-js/dist/es8-es2017/src/init-globals");
const { getMediaOverlay } = require("r2-shared-js/dist/es8-es2017/src/parser/epub");
const { PublicationParsePromise } = require("r2-shared-js/dist/es8-es2017/src/parser/publication-parser");

initGlobalConverters_SHARED();
initGlobalConverters_GENERIC();

function* pairs(overlay) {
  if (overlay.Text && overlay.Audio) yield [overlay.Text, overlay.Audio];
  for (const child of overlay.Children ?? []) yield* pairs(child);
}

function* titles(links) {
  for (const link of links ?? []) {
    yield link.Title ?? "";
    yield* titles(link.Children);
  }
}

const plain = (title) => (typeof title === "string" ? title : Object.values(title ?? {}).join(" "));

async function read(path) {
  const book = await PublicationParsePromise(path);
  const said = [];
  for (const page of book.Spine ?? []) {
    if (!page.MediaOverlays) continue;
    if (!page.MediaOverlays.initialized) await getMediaOverlay(book, page.Href);
    said.push(...pairs(page.MediaOverlays));
  }
  const spine = (book.Spine ?? []).map((page) => ({ href: page.Href, seconds: page.Duration ?? null }));
  return { title: plain(book.Metadata.Title), spine, said, contents: [...titles(book.TOC)] };
}

Promise.all(process.argv.slice(2).map(read)).then((books) => console.log(JSON.stringify(books)));
