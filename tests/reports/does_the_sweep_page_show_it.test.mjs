// Does the page of a sweep show its points, react to the reader, and stay quiet while it does?
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { findChromium, launch, lookAt } from './chromium.mjs';

if (!findChromium()) {
  console.log('needs Chromium: it is not there');
  process.exit(77);
}

const folder = mkdtempSync(join(tmpdir(), 'boardless-sweep-'));
const browser = await launch();
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

const kSpace = `models: [kws, ad]
targets: [rp2040, nrf52840, stm32l4r5zi, stm32u575zi]
clock: all operating points
constraints: [latency_ms <= 60, flash_bytes <= 400KiB]
objectives: [minimize: energy_uj, minimize: price_usd]
`;

function pageOf(name, space) {
  const file = join(folder, `${name}.yaml`);
  const page = join(folder, `${name}.html`);
  writeFileSync(file, space);
  try {
    execFileSync(
      process.env.BOARDLESS,
      ['-q', 'sweep', file, '--no-store', '--prune', 'none', '-r', page, '-o', join(folder, 'out.txt')],
    );
  } catch (failed) {
    assert.equal(failed.status, 1); // no point meets everything
  }
  return page;
}
const kPage = pageOf('two_networks', kSpace);

function pageTest(name, file, options, body) {
  test(name, () => lookAt(browser, file, options, body));
}

const kWide = { viewport: { width: 1440, height: 1000 } };
const rows = (page) => page.locator('#points tbody tr').count();
const numbers = (page) => page.locator('#points tbody tr td:first-child').allTextContents();
const status = (page) => page.locator('#points [role=status]').innerText();

// Drags over a chart, from and to given in shares of its width and height.
async function drag(page, chart, from, to) {
  const canvas = page.locator(`${chart} canvas`).first();
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  const at = ([x, y]) => [box.x + x * box.width, box.y + y * box.height];
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]), { steps: 5 });
  await page.mouse.move(...at(to), { steps: 5 });
  await page.mouse.up();
}

pageTest('it names the space and the recommendation', kPage, kWide, async (page) => {
  assert.equal(await page.locator('h1').textContent(), 'two_networks');
  const asked = await page.locator('.asked').innerText();
  assert.match(asked, /latency_ms <= 60[\s\S]*smallest energy[\s\S]*smallest price/);
  assert.match(await page.locator('.recommended').innerText(), /^Lowest energy that fits and meets/);
  assert.match(await page.locator('#picks').innerText(), /\d+ of \d+[\s\S]*Least energy[\s\S]*Least price/);
  assert.equal(await page.locator('#points tbody tr.selected').count(), 1);
});

pageTest('its table lists what is asked for, and sorts', kPage, kWide, async (page) => {
  const meets = await rows(page);
  const few = await numbers(page);
  await page.locator('#standing').selectOption({ index: 2 });
  assert.ok((await rows(page)) > meets);
  const answer = page.locator('#points tbody .note').first();
  assert.match(await answer.innerText(), /latency_ms <= 60|flash_bytes/);
  await page.locator('#standing').selectOption({ index: 1 });
  assert.deepEqual(await numbers(page), few);
  const point = page.locator('#points th', { hasText: 'Point' });
  await point.locator('button').click();
  assert.equal(await point.getAttribute('aria-sort'), 'ascending');
  const rising = (await numbers(page)).map(Number);
  assert.deepEqual(rising, [...rising].sort((a, b) => a - b));
});

pageTest('a rectangle over points filters the table', kPage, kWide, async (page) => {
  const all = await rows(page);
  await drag(page, '#trade', [0.1, 0.15], [0.5, 0.85]);
  await page.waitForFunction((n) => document.querySelectorAll('#points tbody tr').length < n, all);
  assert.ok((await rows(page)) > 0);
  await page.locator('#trade').getByRole('button', { name: 'Show all again' }).click();
  assert.equal(await rows(page), all);
  // The rectangle goes with the drawing that it was on, and so does what it left out.
  await drag(page, '#trade', [0.1, 0.15], [0.5, 0.85]);
  await page.waitForFunction((n) => document.querySelectorAll('#points tbody tr').length < n, all);
  await page.locator('#standing').selectOption({ index: 2 });
  assert.match(await page.locator('#standing option:checked').innerText(), new RegExp(`\\(${await rows(page)}\\)`));
});

pageTest('a range on an axis filters the table', kPage, kWide, async (page) => {
  const all = await rows(page);
  // The first axis: its upper half.
  const canvas = await page.locator('#axes canvas').first().boundingBox();
  const x = 40 / canvas.width;
  await drag(page, '#axes', [x, 0.14], [x, 0.5]);
  await page.waitForFunction((n) => document.querySelectorAll('#points tbody tr').length < n, all);
  await page.locator('#axes').getByRole('button', { name: 'Show all again' }).click();
  assert.equal(await rows(page), all);
});

pageTest('axes and colours can be chosen', kPage, kWide, async (page) => {
  const across = page.locator('#trade select').nth(0);
  await across.selectOption({ label: 'Latency, ms' });
  assert.equal(await page.locator('#trade select').nth(0).inputValue(), 'latency_ms');
  await page.locator('#trade select').nth(2).selectOption({ label: 'Target' });
  assert.equal(await page.locator('#trade select').nth(2).inputValue(), 'target');
  const log = page.locator('#trade input[type=checkbox]').first();
  await log.click();
});

pageTest('nothing is wider than a telephone', kPage, { viewport: { width: 390, height: 800 } }, async (page) => {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 390, `${width} pixels`);
});

const kNothing = pageOf('nothing_meets', kSpace.replace('latency_ms <= 60', 'latency_ms <= 0.001'));
pageTest('a sweep that nothing meets says what is missed', kNothing, kWide, async (page) => {
  assert.match(await page.locator('#picks .bad').innerText(), /0 of/);
  assert.match(await page.locator('#points tbody .note').first().innerText(), /latency_ms/);
});

const kOne = pageOf('one_point', 'models: ad\ntargets: rp2040\nobjectives: [minimize: latency_ms]\n');
pageTest('a single point is a page too', kOne, kWide, async (page) => {
  assert.equal(await rows(page), 1);
  assert.equal(await status(page), '1 point');
  assert.equal(await page.locator('#trade').innerText(), '');
});

const kRefused = pageOf('refused', 'models: [kws]\ntargets: [coral-usb3, rp2040]\nkernels: [reference]\nconstraints: [latency_ms <= 1]\nobjectives: [minimize: latency_ms]\n');
pageTest('its theme follows the reader', kRefused, { ...kWide, colorScheme: 'dark' }, async (page) => {
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.equal(ground, 'rgb(14, 18, 23)');
});
