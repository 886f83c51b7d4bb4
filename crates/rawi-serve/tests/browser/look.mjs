// What must hold on every screen, whatever it shows.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(process.env.MODULES);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export const SIZES = { phone: { width: 390, height: 844 }, wide: { width: 1440, height: 900 } };

/** Collects what a page does that it should not: requests elsewhere, errors, broken policy. */
export function watch(page, origin, faults) {
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin + '/') && !url.startsWith('data:')) faults.push(`asks another host: ${url}`);
  });
  page.on('response', (response) => {
    const asset = response.request().resourceType() !== 'document';
    if (asset && response.status() >= 400) faults.push(`${response.status()} for ${response.url()}`);
  });
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('console', (message) => {
    // Chromium tells of the status of the page itself on the console too; that one is checked apart.
    const own = message.location().url === page.url() && message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !own) faults.push(`console: ${message.text()}`);
  });
}

/** Whether the page is wider than its window, and what makes it so. */
export async function overflow(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth + 1) return null;
    const wide = [...document.querySelectorAll('body *')].find((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && (box.left < -1 || box.right > root.clientWidth + 1)
        && getComputedStyle(element).position !== 'absolute';
    });
    const name = wide ? `${wide.tagName.toLowerCase()}.${wide.className}` : 'nothing that is seen';
    return `scrolls sideways (${root.scrollWidth} in ${root.clientWidth}): ${name}`;
  });
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SIZE = 'target-size';

/**
 * What the accessibility check finds serious or critical. Bars of a chart may be smaller than
 * other targets: they are as wide as their time, and the days can be asked for in words, too.
 */
export async function accessibility(page) {
  await page.evaluate(axe);
  const run = (context, options) => page.evaluate(
    ([where, how]) => globalThis.axe.run(where, { resultTypes: ['violations'], ...how }),
    [context, options],
  );
  const all = await run({ exclude: [] }, { runOnly: TAGS, rules: { [SIZE]: { enabled: false } } });
  const sizes = await run({ exclude: ['.bars'] }, { runOnly: { type: 'rule', values: [SIZE] } });
  return [...all.violations, ...sizes.violations]
    .filter((violation) => ['serious', 'critical'].includes(violation.impact))
    .map((violation) => {
      const [node] = violation.nodes;
      const why = [...node.any, ...node.all, ...node.none][0]?.message ?? violation.help;
      return `axe ${violation.id}, ${violation.nodes.length} times: ${node.target.join(' ')} (${why})`;
    });
}

/** What the head of a page in this language must say. */
export async function head(page, lang) {
  const faults = [];
  const [found, dir, title, headings] = await page.evaluate(() => [
    document.documentElement.lang,
    document.documentElement.dir,
    document.title,
    document.querySelectorAll('h1').length,
  ]);
  if (found !== lang || dir !== (lang === 'ar' ? 'rtl' : 'ltr')) faults.push(`is ${found} ${dir}, not ${lang}`);
  if (!title.trim()) faults.push('has no title');
  if (headings !== 1) faults.push(`has ${headings} first headings`);
  return faults;
}

/** Words of the interface that nobody filled in, and braces of templates. */
export async function leftovers(page) {
  return page.evaluate(() => {
    const text = document.body.innerText;
    const match = text.match(/\{\{|\}\}|\{%|undefined|\bNaN\b|\[object /);
    return match ? `shows "${match[0]}"` : null;
  });
}

export function shot(page, name, options = {}) {
  return page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true, ...options });
}
