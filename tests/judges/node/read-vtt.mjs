// Prints as JSON what the W3C's parser of WebVTT reads: of each [text, kind] in the file that the argument names, faults and cues.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(`${process.cwd()}/`);
const { WebVTTParser } = require("webvtt-parser");
const entities = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&lrm;": "\u200e", "&rlm;": "\u200f", "&nbsp;": "\u00a0" };

const textOf = (node) => (node.type === "text" ? node.value : (node.children ?? []).map(textOf).join(""));
const languageOf = (node) => (node.children ?? []).filter(({ name }) => name === "lang").map(({ value }) => value);

const texts = JSON.parse(readFileSync(process.argv[2], "utf8"));
const read = texts.map(([text, kind]) => {
  const { cues, errors } = new WebVTTParser(entities).parse(text, kind);
  return {
    faults: errors.map(({ line, message }) => `${line}: ${message}`),
    cues: cues.map(({ startTime, endTime, tree }) => ({
      start_s: startTime,
      end_s: endTime,
      text: textOf(tree),
      languages: languageOf(tree),
    })),
  };
});
console.log(JSON.stringify(read));
