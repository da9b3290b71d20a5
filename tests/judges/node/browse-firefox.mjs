// Drives Debian's Firefox for the tests, by WebDriver BiDi. argv: the folder of the Node modules, Firefox's path. The requests and answers
// are those of browse.mjs, with the steps that a keyboard can take.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, executablePath] = process.argv.slice(2);
const require = createRequire(`${folder}/`);
const { default: puppeteer } = await import(pathToFileURL(require.resolve("puppeteer-core")).href);
const axe = readFileSync(require.resolve("axe-core"), "utf8");
const TIMEOUT_MS = 60000; // for each step
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath,
  headless: true,
  extraPrefsFirefox: {
    "intl.accept_languages": "en-US",
    "media.autoplay.default": 0,
    "accessibility.tabfocus": 7, // as on Linux: links and buttons are reached by Tab
    "browser.cache.disk.enable": false,
  },
});

let begun; // when the document began in which a key was pressed last; no two begin at the same time

const steps = {
  async tabTo(page, selector) {
    for (let count = 0; count < 200; count++) {
      await page.keyboard.press("Tab");
      const found = (wanted) => document.activeElement?.matches(wanted);
      if (await page.evaluate(found, selector).catch(() => false)) return true; // as in `wait`
    }
    return false;
  },
  async press(page, key) {
    begun = await page.evaluate("performance.timeOrigin");
    await page.keyboard.press(key);
    return true;
  },
  type: (page, text) => page.keyboard.type(text).then(() => true),
  evaluate: (page, expression) => page.evaluate(expression),
  goto: (page, url) => page.goto(url).then(() => true),
  async interrupt(page, process_id, address) {
    process.kill(process_id, "SIGINT");
    for (const end = Date.now() + TIMEOUT_MS; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
      if (await fetch(address).then(() => false, () => true)) return true;
    }
    throw new Error("the process goes on");
  },
  // A page is waited for to its end: a key that is pressed while it still loads may be lost.
  async wait(page, expression) {
    for (const end = Date.now() + TIMEOUT_MS; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
      if (await page.evaluate(`document.readyState === "complete" && Boolean(${expression})`).catch(() => false)) return true; // the page may go, and another one come
    }
    const where = await page.evaluate("`${location.href}: ${document.title}: ${document.activeElement?.outerHTML.slice(0, 200)}`");
    throw new Error(`it never came to be: ${expression}, at ${where}`);
  },
  // Another page than that in which a key was pressed, where the expression holds: the old one may fulfil it, too, and is still there.
  arrive: (page, expression) => steps.wait(page, `performance.timeOrigin !== ${begun} && (${expression})`),
  async axe(page) {
    await page.evaluate(axe);
    const { violations } = await page.evaluate(`axe.run({runOnly: ${JSON.stringify(AXE_TAGS)}})`);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" ")}`);
  },
};

async function answer({ url, steps: wanted, viewport }) {
  const context = await browser.createBrowserContext();
  const trouble = [];
  const requests = [];
  try {
    const page = await context.newPage();
    await page.setViewport(viewport);
    page.setDefaultTimeout(TIMEOUT_MS);
    page.on("pageerror", (error) => trouble.push(String(error)));
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(url);
    const results = [];
    for (const [name, ...values] of wanted) results.push((await steps[name](page, ...values)) ?? null);
    return { results, trouble, requests };
  } finally {
    await context.close();
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const reply = await answer(JSON.parse(line)).catch((error) => ({ error: String(error) }));
  console.log(JSON.stringify(reply));
}
await browser.close();
