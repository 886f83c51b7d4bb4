// Ways through the pages: by keyboard alone, back and forth, in forced colors, on paper.
import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { accessibility, overflow, shot } from './look.mjs';

/** What has the focus, in words, and whether one sees it. */
function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const style = getComputedStyle(element);
    const label = element.closest('label');
    const ring = [element, label].filter(Boolean).some((part) => {
      const drawn = getComputedStyle(part);
      return drawn.outlineStyle !== 'none' && parseFloat(drawn.outlineWidth) >= 2;
    });
    const box = element.getBoundingClientRect();
    return {
      what: `${element.tagName.toLowerCase()} "${(element.getAttribute('aria-label') || element.name || element.textContent).trim().slice(0, 40)}" of ${location.pathname}`,
      seen: ring && style.visibility !== 'hidden' && (box.width > 0 || label !== null),
      inside: element.closest('main') !== null,
    };
  });
}

/** Goes through a page with Tab: everything that takes the focus must be seen to have it. */
async function tabThrough(page, faults, steps) {
  await page.evaluate(() => document.activeElement?.blur());
  const order = [];
  for (let step = 0; step < steps; step += 1) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    if (at === null) break;
    if (!at.seen) faults.push(`focus is not seen on ${at.what}`);
    order.push(at);
  }
  if (order.length < 5) faults.push(`only ${order.length} places take the focus`);
  if (!order.some((at) => at.inside)) faults.push('the content cannot be reached by Tab');
  return order;
}

/** Search, a hit, its article, its quote: with keys alone. */
async function keyboard({ page, faults }) {
  await page.goto('/');
  const order = await tabThrough(page, faults, 22);
  assert.match(order[0].what, /^a /, `the first thing that takes the focus should lead to the content, not ${order[0].what}`);

  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press('/');
  assert.ok(await page.evaluate(() => document.activeElement?.matches('form input')), '/ should lead to the question');
  await page.keyboard.type('شروط مسبقة');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  assert.match(decodeURIComponent(page.url()), /شروط/, 'the question should stand in the address');

  await page.evaluate(() => document.activeElement?.blur());
  const current = () => page.evaluate(() => document.querySelector('.hit[aria-current]')?.id ?? null);
  await page.keyboard.press('j');
  const first = await current();
  assert.ok(first, 'j should go to the first hit');
  await page.keyboard.press('j');
  const second = await current();
  assert.notEqual(second, first, 'j should go on');
  await page.keyboard.press('k');
  assert.equal(await current(), first, 'k should go back');
  await shot(page, 'walk-keys-search', { fullPage: false });

  await page.keyboard.press('c');
  assert.ok(await page.locator('details.cite[open] blockquote').count() > 0, 'c should show the citation');
  await page.keyboard.press('Escape');

  await page.keyboard.press('?');
  assert.ok(await page.locator('dialog[open]').count() > 0, '? should show the keys');
  await shot(page, 'walk-keys-help', { fullPage: false });
  faults.push(...await accessibility(page));
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('dialog[open]').count(), 0, 'Esc should close the keys');

  await Promise.all([page.waitForURL(/\/article\//), page.keyboard.press('o')]);
  await page.keyboard.press('j');
  await shot(page, 'walk-keys-article', { fullPage: false });
  await tabThrough(page, faults, 20);

  const quote = page.locator('main a[href*="/quote/"]').first();
  await quote.evaluate((link) => link.closest('details')?.setAttribute('open', ''));
  await quote.focus();
  await Promise.all([page.waitForURL(/\/quote\//), page.keyboard.press('Enter')]);
  await tabThrough(page, faults, 20);
}

/** The state stands in the address: going back is seeing what was there. */
async function back({ page }) {
  await page.goto('/?about=' + encodeURIComponent('محادثات المياه'));
  const before = await page.locator('main').innerText();
  const facet = page.locator('main a[href*="speaker="], main a[href*="act="], main a[href*="outlet="]').first();
  await Promise.all([page.waitForNavigation(), facet.click()]);
  assert.notEqual(await page.locator('main').innerText(), before, 'a facet should change the page');
  await page.goBack();
  assert.equal(await page.locator('main').innerText(), before, 'back should show what was there');
  const article = page.locator('main a[href*="/article/"]').first();
  await Promise.all([page.waitForURL(/\/article\//), article.click()]);
  await page.goBack();
  assert.equal(await page.locator('main').innerText(), before, 'back from an article should, too');
}

/** Digits, theme and language: one click each, kept, and back where one was. */
async function dress({ page }) {
  const state = '/?about=' + encodeURIComponent('المياه');
  await page.goto(state);
  const choose = async (choice) => {
    await Promise.all([page.waitForNavigation(), page.locator(`.prefs a[href*="${choice}"]`).click()]);
    assert.match(decodeURIComponent(page.url()), /about=المياه/, `${choice} should lead back to the question`);
  };
  await choose('digits=arabic');
  assert.match(await page.locator('.dateline').innerText(), /[٠-٩]/, 'digits should be ١٢٣');
  await choose('theme=dark');
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await ground();
  await shot(page, 'walk-dress', { fullPage: false });
  await choose('theme=light');
  assert.notEqual(await ground(), dark, 'day should look otherwise than night');
  await Promise.all([page.waitForNavigation(), page.locator('.prefs a[hreflang]').click()]);
  assert.match(decodeURIComponent(page.url()), /\/en\/?\?about=المياه/, 'the other language should keep the question');
}

/** Who knows the token signs in, accepts a statement beside its evidence, and takes it back. */
async function correct({ page, faults, at, server }) {
  await page.goto('/sign-in');
  await page.fill('#f-name', 'سلمى');
  await page.fill('#f-secret', server.token);
  await Promise.all([page.waitForNavigation(), page.locator('main form button').click()]);
  assert.match(await page.locator('body').innerText(), /سلمى/, 'the page should tell who signed in');

  await page.goto(`/article/${at.article}`);
  const link = page.locator('main .note a[href*="/correct"]').first();
  await page.goto(await link.getAttribute('href'));
  faults.push(...await accessibility(page));
  await shot(page, 'walk-correct');
  await Promise.all([page.waitForNavigation(), page.locator('button[value="accept"]').click()]);

  await page.goto('/corrections');
  const undo = page.locator('form[action$="/corrections/undo"] button');
  assert.equal(await undo.count(), 1, 'the correction should stand in the list');
  faults.push(...await accessibility(page));
  await shot(page, 'walk-corrections');
  await Promise.all([page.waitForNavigation(), undo.click()]);
  await page.goto('/corrections');
  assert.equal(await undo.count(), 0, 'what was taken back should be gone from the list');
}

/** Colors that the reader's system sets. */
async function forcedColors({ page, faults, at }) {
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  for (const [name, path] of [['search', '/?about=' + encodeURIComponent('المياه')], ['article', `/article/${at.article}`], ['quote', `/quote/${at.quote}`]]) {
    await page.goto(path);
    await shot(page, `forced-colors-${name}`);
    const fault = await overflow(page);
    if (fault) faults.push(`${name}: ${fault}`);
  }
}

/** On paper: tools are dropped, the margin stays. */
async function print({ page, at }) {
  for (const [name, path] of [['article', `/article/${at.article}`], ['quote', `/quote/${at.quote}`]]) {
    await page.goto(path);
    await page.emulateMedia({ media: 'print' });
    await shot(page, `print-${name}`);
    await page.pdf({ path: join(process.env.SHOTS, `print-${name}.pdf`), format: 'A4' });
    await page.emulateMedia({ media: 'screen' });
  }
}

/** Twice the size of the letters, on a narrow screen: nothing is cut off. */
async function zoom({ page, faults, at }) {
  await page.setViewportSize({ width: 720, height: 900 });
  for (const path of ['/', `/article/${at.article}`, `/quote/${at.quote}`, `/who/${at.speaker}`]) {
    await page.goto(path);
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '212%'));
    const fault = await overflow(page);
    if (fault) faults.push(`${path} at 200 %: ${fault}`);
  }
}

export const walks = {
  'walk-keyboard': keyboard,
  'walk-back': back,
  'walk-dress': dress,
  'walk-correct': correct,
  'walk-forced-colors': forcedColors,
  'walk-print': print,
  'walk-zoom': zoom,
};
