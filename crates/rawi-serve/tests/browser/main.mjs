// Every screen in both languages, on a phone and a wide screen, light and dark, with and without
// JavaScript; then the walks. Exit code 1 if anything is not as it should be.
import { createRequire } from 'node:module';
import * as look from './look.mjs';
import { places, screens } from './screens.mjs';
import { start } from './server.mjs';
import { walks } from './walk.mjs';

const require = createRequire(process.env.MODULES);
const { chromium } = require('playwright-core');

const TIMEOUT = 20_000;
const LANGUAGES = ['ar', 'en'];
const THEMES = ['light', 'dark'];
const WORKERS = 2;

/** Opens a page of its own; whatever it does wrong stands in `faults`. */
async function open(browser, origin, options = {}) {
  const context = await browser.newContext({ baseURL: origin, reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(TIMEOUT);
  const page = await context.newPage();
  const faults = [];
  look.watch(page, origin, faults);
  return { page, faults, close: () => context.close() };
}

async function visit(page, faults, screen, lang) {
  const path = lang === 'en' ? '/en' + (screen.path.startsWith('/?') ? screen.path.slice(1) : screen.path) : screen.path;
  const answer = await page.goto(path === '/en/' ? '/en' : path, { waitUntil: 'load' });
  const status = screen.status ?? 200;
  if (answer.status() !== status) faults.push(`answers ${answer.status()}, not ${status}`);
  if (screen.act) await screen.act(page);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

/** One screen in one dress. */
async function check(browser, origin, { screen, lang, size, theme, script }) {
  const { page, faults, close } = await open(browser, origin, {
    viewport: look.SIZES[size], colorScheme: theme, javaScriptEnabled: script,
  });
  const name = [screen.name, lang, size, theme, ...(script ? [] : ['noscript'])].join('-');
  try {
    await visit(page, faults, screen, lang);
    faults.push(...await look.head(page, lang));
    for (const fault of [await look.overflow(page), await look.leftovers(page)]) {
      if (fault) faults.push(fault);
    }
    if (script) faults.push(...await look.accessibility(page));
    await look.shot(page, name);
  } catch (error) {
    faults.push(`cannot be looked at: ${error.message.split('\n')[0]}`);
  } finally {
    await close();
  }
  return { name, faults };
}

function dresses(wanted) {
  const all = [];
  for (const screen of wanted) {
    for (const lang of LANGUAGES) {
      for (const size of Object.keys(look.SIZES)) {
        for (const theme of THEMES) all.push({ screen, lang, size, theme, script: true });
        all.push({ screen, lang, size, theme: 'light', script: false });
      }
    }
  }
  return all;
}

async function inTurns(jobs, work) {
  const results = [];
  let next = 0;
  await Promise.all(Array.from({ length: WORKERS }, async () => {
    while (next < jobs.length) results.push(await work(jobs[next++]));
  }));
  return results;
}

const words = process.argv.slice(2);
const named = (name) => words.length === 0 || words.some((word) => name.includes(word));

const server = await start();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
});
let bad = 0;
const tell = ({ name, faults }) => {
  if (faults.length > 0) {
    bad += 1;
    console.log(`not ok ${name}\n${[...new Set(faults)].map((fault) => `    ${fault}`).join('\n')}`);
  } else {
    console.log(`ok ${name}`);
  }
};
try {
  const at = places(server);
  const wanted = dresses(screens(at).filter((screen) => named(screen.name)));
  await inTurns(wanted, async (job) => tell(await check(browser, server.origin, job)));
  for (const [name, walk] of Object.entries(walks)) {
    if (!named(name)) continue;
    const { page, faults, close } = await open(browser, server.origin, { viewport: look.SIZES.wide });
    try {
      await walk({ page, faults, at, server });
    } catch (error) {
      faults.push(error.message.split('\n')[0]);
      await look.shot(page, `failed-${name}`);
    } finally {
      await close();
    }
    tell({ name, faults });
  }
} finally {
  await browser.close();
  const code = await server.stop();
  if (code !== 0) tell({ name: 'rawi serve ends well when told to', faults: [`exit ${code}`, server.said()] });
}
console.log(`${bad} of these are not as they should be; screenshots: ${process.env.SHOTS}`);
process.exit(bad === 0 ? 0 : 1);
