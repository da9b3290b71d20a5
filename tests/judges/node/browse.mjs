// Drives Chromium for the tests. argv: the folder of the Node modules, Chromium's path. Each line on stdin is a request in JSON: a page, how
// it is looked at, and steps to take there; each answer is a line in JSON: what every step gave, and what went wrong in the page.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { readFileSync } from "node:fs";

const [folder, executablePath] = process.argv.slice(2);
const require = createRequire(`${folder}/`);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core"), "utf8");
// A module that gives `virtual`; as an expression it can be run past a page's policy.
const screenReader = () =>
  readFileSync(`${folder}/node_modules/@guidepup/virtual-screen-reader/lib/esm/index.browser.js`, "utf8").replace(
    /export\{[^}]*?([\w$]+) as virtual\};/,
    "globalThis.screenReader = $1;",
  );
const TIMEOUT_MS = 60000; // for each step
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// What it found wrong, alone: to describe all that is right takes longer than to look at it.
const AXE_RUN = `axe.run(${JSON.stringify({ runOnly: AXE_TAGS, resultTypes: ["violations"] })}).then(({ violations }) => violations)`;

const browser = await chromium.launch({
  executablePath,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
  ],
});

let begun; // when the document began in which a key was pressed last; no two begin at the same time

const steps = {
  click: (page, selector, position) => page.click(selector, position ? { position } : {}),
  // At the place, in pixels, that the expression gives.
  clickAt: async (page, expression) => page.mouse.click(...(await page.evaluate(expression))),
  // By the keyboard alone; whether it was reached.
  async tabTo(page, selector) {
    for (let count = 0; count < 200; count++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return true;
    }
    return false;
  },
  async press(page, key) {
    begun = await page.evaluate("performance.timeOrigin");
    await page.keyboard.press(key);
  },
  type: (page, text) => page.keyboard.type(text),
  evaluate: (page, expression) => page.evaluate(expression),
  // Asked anew each time: a function that waits in the page would be forbidden by its policy. The page may go, and another one come.
  // It is waited for to its end: a key that is pressed while it still loads may be lost.
  async wait(page, expression) {
    const gone = (error) => {
      if (!/context was destroyed|Cannot find context|navigat/i.test(error.message)) throw error;
    };
    for (const end = Date.now() + TIMEOUT_MS; Date.now() < end; await page.waitForTimeout(20)) {
      if (await page.evaluate(`document.readyState === "complete" && (${expression})`).catch(gone)) return true;
    }
    throw new Error(`it never came to be: ${expression}`);
  },
  // Another page than that in which a key was pressed, where the expression holds: the old one may fulfil it, too, and is still there.
  arrive: (page, expression) => steps.wait(page, `performance.timeOrigin !== ${begun} && (${expression})`),
  // Ends a process, as Ctrl-C does, and waits until nobody answers at its address any more.
  async interrupt(page, process_id, address) {
    process.kill(process_id, "SIGINT");
    for (const end = Date.now() + TIMEOUT_MS; Date.now() < end; await page.waitForTimeout(50)) {
      if (await fetch(address).then(() => false, () => true)) return true;
    }
    throw new Error("the process goes on");
  },
  goto: (page, url) => page.goto(url).then(() => true),
  resize: (page, width) => page.setViewportSize({ width, height: 800 }).then(() => true),
  print: (page) => page.emulateMedia({ media: "print" }).then(() => true),
  reload: (page) => page.reload().then(() => true),
  screenshot: (page, path, fullPage) => page.screenshot({ path, fullPage }).then(() => true),
  // The page's own policy forbids scripts of others; the tools of developers are not bound by it. Where scripts are off, axe cannot run
  // either: what stands there then is examined in a window like it, without the page's scripts.
  async axe(page, look) {
    if (look && look.javaScriptEnabled === false) return withoutScripts(page, look);
    const client = await page.context().newCDPSession(page);
    await client.send("Runtime.evaluate", { expression: axe });
    const { result } = await client.send("Runtime.evaluate", { expression: AXE_RUN, awaitPromise: true, returnByValue: true });
    await client.detach();
    return result.value.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)}: ${failureSummary}`),
    );
  },
  // What a virtual screen reader says of a part of the page, read to its end.
  async read(page, selector) {
    const client = await page.context().newCDPSession(page);
    await client.send("Runtime.evaluate", { expression: `(() => {${screenReader()}\n})()` });
    const expression = `(async () => {
      await screenReader.start({ container: document.querySelector(${JSON.stringify(selector)}) });
      for (let left = 5000; left && (await screenReader.lastSpokenPhrase()) !== first; left--) {
        first ??= await screenReader.lastSpokenPhrase();
        await screenReader.next();
      }
      const said = await screenReader.spokenPhraseLog();
      await screenReader.stop();
      return said;
    })()`;
    const { result, exceptionDetails } = await client.send("Runtime.evaluate", {
      expression: `globalThis.first = undefined; ${expression}`,
      awaitPromise: true,
      returnByValue: true,
    });
    await client.detach();
    if (exceptionDetails) throw new Error(exceptionDetails.exception.description);
    return result.value;
  },
  // What assistive technology is told: role, name, and level or state.
  async accessibility(page) {
    const client = await page.context().newCDPSession(page);
    const { nodes } = await client.send("Accessibility.getFullAXTree");
    await client.detach();
    return nodes
      .filter(({ ignored }) => !ignored)
      .map(({ role, name, description, properties = [] }) => ({
        role: role.value,
        name: name?.value ?? "",
        description: description?.value ?? "",
        level: properties.find((property) => property.name === "level")?.value.value ?? 0,
      }));
  },
};

async function withoutScripts(page, look) {
  const content = await page.evaluate(() => {
    const copy = document.documentElement.cloneNode(true);
    copy.querySelectorAll("script").forEach((script) => script.remove());
    return `<!doctype html>${copy.outerHTML}`;
  });
  const other = await windowOf({ ...look, javaScriptEnabled: true, serviceWorkers: "block" });
  try {
    await other.page.route("**/*", (route) =>
      route.request().isNavigationRequest() ? route.fulfill({ body: content, contentType: "text/html; charset=utf-8" }) : route.abort(),
    );
    await other.page.goto(page.url());
    const found = await steps.axe(other.page);
    await other.page.unrouteAll();
    await leave(other, page.url());
    return found;
  } catch (error) {
    await close(other);
    throw error;
  }
}

// A window costs more than a page: it starts a process, which compiles axe. So those that were left are used again. Size and colours may
// change from page to page. What a user's browser would have kept is forgotten: each visit is one of a new user.
const free = new Map();

async function windowOf({ viewport, colorScheme, ...look }) {
  const key = JSON.stringify(look);
  const window = free.get(key)?.pop() ?? (await opened({ viewport, colorScheme, ...look }, key));
  await window.page.setViewportSize(viewport);
  await window.page.emulateMedia({ colorScheme: colorScheme ?? null, media: null });
  window.trouble.length = window.requests.length = 0;
  return window;
}

async function opened(look, key) {
  const context = await browser.newContext(look);
  const page = await context.newPage();
  const window = { context, page, key, trouble: [], requests: [] };
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && window.trouble.push(message.text()));
  page.on("pageerror", (error) => window.trouble.push(String(error)));
  page.on("request", (request) => window.requests.push(request.url()));
  page.setDefaultTimeout(TIMEOUT_MS);
  return window;
}

async function leave(window, ...urls) {
  const { context, page, key } = window;
  await page.goto("about:blank"); // nothing plays on, nothing is asked for
  await context.clearCookies();
  const client = await context.newCDPSession(page);
  await client.send("Network.clearBrowserCache");
  for (const { protocol, origin } of urls.map((url) => new URL(url)))
    await client.send("Storage.clearDataForOrigin", { origin: protocol === "file:" ? "file://" : origin, storageTypes: "all" });
  await client.detach();
  if (!free.has(key)) free.set(key, []);
  free.get(key).push(window);
}

const close = ({ context }) => context.close();

async function inTime(name, step) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} took too long`)), TIMEOUT_MS);
  });
  try {
    return await Promise.race([step, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function answer({ url, steps: wanted, javascript = true, before = "", ...look }) {
  const looked = { javaScriptEnabled: javascript, ...look };
  const window = await windowOf(looked);
  const { page } = window;
  let isGood = false;
  try {
    if (before) await page.addInitScript(before);
    await page.goto(url);
    const results = [];
    for (const [name, ...values] of wanted) {
      results.push((await inTime(name, steps[name](page, ...(name === "axe" ? [looked] : values)))) ?? null);
    }
    isGood = !before; // such a script would run on every page to come
    return { results, trouble: [...window.trouble], requests: [...window.requests] };
  } finally {
    await (isGood ? leave(window, url, page.url()) : close(window));
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const reply = await answer(JSON.parse(line)).catch((error) => ({ error: String(error) }));
  console.log(JSON.stringify(reply));
}
await browser.close();
