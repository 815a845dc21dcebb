// Does the page of a run show where its cycles went, react to the reader, and stay usable for everyone?
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { checkAccess, checkWidth } from './access.mjs';
import { findChromium, launch, lookAt } from './chromium.mjs';
import { fileIn } from './real_page.mjs';

if (!findChromium()) {
  console.log('needs Chromium: it is not there');
  process.exit(77);
}

const browser = await launch();
after(() => browser.close());

function pageOf(program, target, ...more) {
  const file = fileIn(`${program}.html`);
  const firmware = join(process.env.TEST_PROGRAMS, `${program}.elf`);
  const options = ['-t', target, '-r', file, '-o', fileIn('run.txt'), ...more];
  const { status, stderr } = spawnSync(process.env.BOARDLESS, ['-q', 'run', firmware, ...options], { encoding: 'utf8' });
  assert.ok([0, 1].includes(status), stderr); // 1: a region was never passed
  return file;
}
const kCalls = pageOf('calls', 'nrf52840', '--region', 'divides', '--region', 'never=divides..recurse', '--max-cycles', '1M', '--allow-faults', '--hot-blocks', '5');
const kSensor = pageOf('sensor', 'ideal-cortex-m4', '--args', 'ready');
const kWide = { viewport: { width: 1400, height: 1000 } };

function pageTest(name, file, options, body) {
  test(name, () => lookAt(browser, file, options, body));
}

pageTest('it names the run, its end and its figures', kCalls, kWide, async (page) => {
  assert.equal(await page.locator('h1').textContent(), 'calls.elf on nrf52840');
  assert.match(await page.locator('#masthead').innerText(), /exited with status 0/);
  const picks = await page.locator('#picks').innerText();
  assert.match(picks, /Cycles[\s\S]*[\d,]+ instructions[\s\S]*Flash[\s\S]*RAM[\s\S]*stack/);
  assert.match(await page.locator('#causes-part').innerText(), /an instruction[\s\S]*issuing instructions/);
  assert.match(await page.locator('#foot').innerText(), /Made by boardless .*calls\.elf/);
});

pageTest('a click in the flame graph makes a function the whole', kCalls, kWide, async (page) => {
  const boxes = page.locator('#flame .strip');
  const all = await boxes.count();
  assert.ok(all >= 3, `${all} frames`);
  const name = 'divides';
  const box = page.locator('#flame .strip', { hasText: name }).first();
  const before = await box.evaluate((element) => element.getBoundingClientRect().width);
  await box.click();
  assert.match(await page.locator('#flame .crumbs').innerText(), /all › .*divides/);
  const width = await page.locator('#flame .strip', { hasText: name }).first().evaluate((element) => element.getBoundingClientRect().width);
  assert.ok(width > before || before > 1200, `${before} to ${width}`);
  await page.locator('#flame .crumbs').getByRole('button', { name: 'all' }).click();
  assert.equal(await boxes.count(), all);
  await page.locator('#flame input[type=search]').fill('divides');
  assert.ok((await page.locator('#flame .faded').count()) > 0);
  assert.match(await page.locator('#flame .crumbs').innerText(), /% of the cycles/);
});

pageTest('functions sort, regions and blocks tell why', kCalls, kWide, async (page) => {
  const names = () => page.locator('#functions tbody th').allTextContents();
  const hottest = (await names())[0];
  await page.locator('#functions thead button', { hasText: 'function' }).click();
  const sorted = await names();
  assert.deepEqual(sorted, [...sorted].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })));
  assert.match(await page.locator('#regions').innerText(), /divides\s+1[\s\S]*never[\s\S]*the run ended within it|never entered/);
  assert.ok(hottest.length > 0);
  assert.match(await page.locator('#blocks').innerText(), /udiv[\s\S]*/);
  assert.ok((await page.locator('#sizes .meter').count()) >= 1);
});

pageTest('time and memory are drawn over the whole run', kSensor, kWide, async (page) => {
  assert.ok((await page.locator('#timeline .strip').count()) >= 1);
  assert.match(await page.locator('#timeline').innerText(), /reset|program/);
  assert.match(await page.locator('#memory-time [role=img]').getAttribute('aria-label'), /stack comes to/);
  assert.match(await page.locator('#printed').innerText(), /ready/);
  assert.match(await page.locator('#picks').innerText(), /heap 120 B/);
});

for (const width of [1400, 1024, 420]) {
  for (const colorScheme of ['light', 'dark']) {
    pageTest(`everyone can use it at ${width} pixels, ${colorScheme}`, kCalls, { viewport: { width, height: 900 }, colorScheme }, async (page) => {
      for (const folded of await page.locator('summary:visible').all()) {
        await folded.evaluate((element) => element.click());
      }
      await checkWidth(page);
      await checkAccess(page);
    });
  }
}
