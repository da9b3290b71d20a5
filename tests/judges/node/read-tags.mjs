// Prints as JSON what music-metadata reads of the file that the argument names.
import { parseFile } from "music-metadata";

const { format, common, quality } = await parseFile(process.argv[2], { duration: true, includeChapters: true });
const chapters = (format.chapters ?? []).map(({ title, start, end, timeScale = 1 }) => ({
  title,
  start_s: start / timeScale,
  end_s: end === undefined ? null : end / timeScale,
}));
const { title = "", artist = "", album = "", language = "" } = common;
const warnings = quality.warnings.map(({ message }) => message);
console.log(JSON.stringify({ chapters, duration: format.duration ?? null, title, artist, album, language, warnings }));
