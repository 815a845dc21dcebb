// Does the page of a comparison, or of a checked budget, show what changed and what is broken, to everyone?
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { checkAccess, checkWidth } from './access.mjs';
import { findChromium, launch, lookAt } from './chromium.mjs';
import { fileIn, predict } from './real_page.mjs';

if (!findChromium()) {
  console.log('needs Chromium: it is not there');
  process.exit(77);
}

const browser = await launch();
after(() => browser.close());

// Runs boardless; 1 says that a limit is broken.
function boardless(...args) {
  const { status, stderr } = spawnSync(process.env.BOARDLESS, ['-q', ...args, '-o', fileIn('table.txt')], { encoding: 'utf8' });
  assert.ok([0, 1].includes(status), stderr);
}

function comparedPage() {
  const [base, other, page] = ['base.json', 'new.json', 'compared.html'].map(fileIn);
  predict('kws', '-t', 'stm32f446re,rp2040', '-f', 'json', '-o', base);
  predict('kws', '-t', 'stm32f446re,nrf52840', '--kernels', 'reference', '-f', 'json', '-o', other);
  boardless('compare', base, other, '--limit', 'cycles=+2%', '-r', page);
  return page;
}

function checkedPage() {
  const [budget, page] = ['budget.yaml', 'checked.html'].map(fileIn);
  writeFileSync(
    budget,
    `baseline: baseline.json
entries:
  - model: kws
    targets: [stm32f446re, nrf52840]
    limits: {latency: <= 60 ms, cycles: +1 %}
    layers: {0: {cycles: <= 1e9}}
`,
  );
  boardless('check', budget, '--update');
  boardless('check', budget, '-r', page);
  return page;
}

const kCompared = comparedPage();
const kChecked = checkedPage();
const kWide = { viewport: { width: 1400, height: 1000 } };

function pageTest(name, file, options, body) {
  test(name, () => lookAt(browser, file, options, body));
}

pageTest('pairs tell what changed, what is new and what is gone', kCompared, kWide, async (page) => {
  assert.match(await page.locator('h1').textContent(), /base\.json → .*new\.json/);
  const pairs = await page.locator('#pairs').innerText();
  assert.match(pairs, /kws on stm32f446re[\s\S]*\+\d/);
  assert.match(pairs, /kws on nrf52840[\s\S]*new|new[\s\S]*kws on nrf52840/);
  assert.match(pairs, /kws on rp2040[\s\S]*gone|gone[\s\S]*kws on rp2040/);
  assert.match(await page.locator('#verdicts tbody tr').first().innerText(), /broken/);
  assert.match(await page.locator('#picks').innerText(), /Limits[\s\S]*hold[\s\S]*Largest change/);
});

pageTest('a chosen pair is shown part by part, with why', kCompared, kWide, async (page) => {
  await page.locator('#pairs').getByRole('button', { name: 'kws on stm32f446re' }).click();
  assert.equal(await page.locator('#pairs tbody tr.selected').count(), 1);
  const detail = await page.locator('#detail').innerText();
  assert.match(detail, /kws on stm32f446re[\s\S]*kernels[\s\S]*reference/);
  assert.match(detail, /CONV_2D[\s\S]*issuing instructions/);
  const first = page.locator('#detail table').last().locator('tbody tr').first();
  assert.ok((await first.locator('.change-bar i').evaluate((bar) => bar.getBoundingClientRect().width)) > 60);
});

pageTest('a checked budget says what is broken, first', kChecked, kWide, async (page) => {
  assert.match(await page.locator('#masthead').innerText(), /1 of \d+ limits on 2 pairs (is|are) broken/);
  const rows = await page.locator('#verdicts tbody tr').allInnerTexts();
  assert.match(rows[0], /broken[\s\S]*nrf52840[\s\S]*latency[\s\S]*60 ms/);
  assert.ok(rows.slice(1).every((row) => /holds/.test(row)));
  assert.match(await page.locator('#pairs').innerText(), /kws on stm32f446re/);
});

for (const [name, file] of [['comparison', kCompared], ['checked budget', kChecked]]) {
  for (const width of [1400, 420]) {
    for (const colorScheme of ['light', 'dark']) {
      pageTest(`everyone can use the ${name} at ${width} pixels, ${colorScheme}`, file, { viewport: { width, height: 900 }, colorScheme }, async (page) => {
        await checkWidth(page);
        await checkAccess(page);
      });
    }
  }
}
