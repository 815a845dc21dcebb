// Does the report page show the result, react to the reader, and stay quiet while it does?
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { findChromium, launch, lookAt } from './chromium.mjs';

if (!findChromium()) {
  console.log('needs Chromium: it is not there');
  process.exit(77);
}

const folder = mkdtempSync(join(tmpdir(), 'boardless-page-'));
const browser = await launch();
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

// A test on the page of one kind of document; fails on any console message, exception or request.
function pageTest(name, kind, options, body) {
  test(name, async () => {
    const file = join(folder, `${kind}.html`);
    execFileSync(process.env.WRITE_REPORT, [kind, 'html', file]);
    await lookAt(browser, file, options, body);
  });
}

const kWide = { viewport: { width: 1440, height: 1000 } };
const targets = (page) => page.locator('#comparison tbody th b').allTextContents();
const paths = (page, chart) => page.locator(`${chart} svg path`).count();
const chartHtml = (page, chart) => page.locator(`${chart} svg`).innerHTML();
const chosen = (page) => page.locator('#comparison tbody tr.selected').count();

// Shows all that fit in the charts, and in the table everything again.
async function showFitting(page) {
  await page.locator('#show-missing').uncheck();
  await page.locator('.presets button', { hasText: 'all listed' }).click();
  await page.locator('#show-missing').check();
}

// Waits until a chart differs from what it was: charts redraw in an animation frame.
async function changed(page, chart, before) {
  await page.waitForFunction(
    ([selector, old]) => document.querySelector(`${selector} svg`)?.innerHTML !== old,
    [chart, before],
    { timeout: 30000 },
  );
  await settled(page);
}

// Two frames later: what was asked for is painted and scroll events have been heard.
const settled = (page) =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );

// Points at a place and waits for the text that appears in `tip`. The pointer keeps moving a little,
// as a hand does, because scrolling hides tooltips.
async function pointAt(page, x, y, tip) {
  for (let attempt = 0; attempt < 50; ++attempt) {
    await page.mouse.move(x + (attempt % 2), y);
    await settled(page);
    const found = page.locator(tip);
    if ((await found.count()) > 0 && (await found.isVisible())) return found.innerText();
  }
  assert.fail(`nothing appears in ${tip}`);
}

async function tipOf(page, locator) {
  await locator.scrollIntoViewIfNeeded();
  await settled(page);
  const box = await locator.boundingBox();
  return pointAt(page, box.x + box.width / 2, box.y + box.height / 2, '#tip');
}

pageTest('it names the model and the best targets', 'typical', kWide, async (page) => {
  assert.equal(await page.locator('h1').textContent(), 'kws_ref_model');
  assert.match(await page.title(), /kws_ref_model/);
  assert.match(await page.locator('#picks').innerText(), /4 of 5[\s\S]*Fastest[\s\S]*stm32f746ng/);
  assert.match(await page.locator('#foot').innerText(), /0\.1\.0/);
});

pageTest('headers sort, both ways, by mouse and by keyboard', 'typical', kWide, async (page) => {
  const latency = page.locator('#comparison th', { hasText: 'Latency' });
  assert.equal(await latency.getAttribute('aria-sort'), 'ascending');
  const fastestFirst = await targets(page);
  assert.equal(fastestFirst[0], 'stm32f746ng');
  await latency.locator('button').click();
  assert.equal(await latency.getAttribute('aria-sort'), 'descending');
  assert.deepEqual(await targets(page), [...fastestFirst].reverse());
  await page.locator('#comparison th button', { hasText: 'Target' }).focus();
  await page.keyboard.press('Enter');
  assert.equal(await latency.getAttribute('aria-sort'), 'none');
  assert.deepEqual(await targets(page), [...fastestFirst].sort());
  // A missing price goes last whichever way the column is sorted.
  const price = page.locator('#comparison th button', { hasText: 'Price' });
  for (let i = 0; i < 2; ++i) {
    await price.click();
    assert.equal((await targets(page)).at(-1), 'stm32l053r8');
  }
});

pageTest(
  'a target that does not fit says why, and can be left out',
  'typical',
  kWide,
  async (page) => {
    const row = page.locator('#comparison tr.unfit');
    assert.match(await row.innerText(), /no\s+SRAM: needs \d+ bytes/);
    assert.match(await tipOf(page, row.locator('.verdict')), /Does not fit[\s\S]*SRAM: needs/);
    assert.match(await page.locator('#fit .refusals').innerText(), /stm32l053r8[\s\S]*SRAM: needs/);
    await page.locator('#show-missing').uncheck();
    assert.ok(!(await targets(page)).includes('stm32l053r8'));
    assert.match(await page.locator('#comparison .status').innerText(), /4 of 5/);
  },
);

pageTest('estimates are marked where they matter, and explained', 'typical', kWide, async (page) => {
  const marks = page.locator('#comparison tr', { hasText: 'nrf52840' }).locator('.estimate');
  assert.equal(await marks.count(), 0);
  const energy = await page.locator('#comparison tr', { hasText: 'nrf52840' }).locator('td').nth(3).innerText();
  await page.locator('#limit-energy').fill(energy.replace(',', ''));
  assert.match(await tipOf(page, marks.first()), /energy_uj run_ua_per_mhz: estimate/);
  assert.equal(await page.locator('#evidence details').count(), 3 + 5);
  for (const summary of ['Errors', 'Estimates', 'Sources']) {
    await page.locator('#evidence summary', { hasText: summary }).first().click();
  }
  assert.match(await page.locator('#evidence table').innerText(), /run_ua_per_mhz: estimate/);
  assert.match(await page.locator('#evidence').innerText(), /cortex-m4: no published latency judges it/);
});

pageTest('rows choose what the charts show', 'typical', kWide, async (page) => {
  assert.equal(await chosen(page), 1, 'the best');
  await showFitting(page);
  assert.equal(await chosen(page), 4);
  assert.ok((await paths(page, '#latency-chart')) > 40, 'bars of 4 targets and 13 layers');
  assert.ok((await paths(page, '#stall-chart')) >= 16, 'bars of 4 targets and 4 causes');
  const latency = await chartHtml(page, '#latency-chart');
  const stalls = await chartHtml(page, '#stall-chart');
  await page.locator('#comparison tr.unfit td').nth(1).click();
  assert.equal(await chosen(page), 5);
  await changed(page, '#latency-chart', latency);
  await changed(page, '#stall-chart', stalls);
  assert.equal(await page.locator('.fit-card').count(), 5);
  assert.match(await page.locator('.fit-card.bad').innerText(), /does not fit[\s\S]*lacks/);
  await page.getByLabel('Show rp2040 in the charts').uncheck();
  assert.equal(await page.locator('.fit-card').count(), 4);
  await page.locator('.presets button', { hasText: 'none' }).click();
  assert.ok(await page.locator('#latency .empty').isVisible());
  assert.ok(!(await page.locator('#latency-chart').isVisible()));
  await page.locator('.presets button', { hasText: 'all listed' }).click();
  assert.ok(await page.locator('#latency-chart').isVisible());
  assert.equal(await chosen(page), 5);
  await page.locator('.presets button', { hasText: 'the best' }).click();
  assert.equal(await chosen(page), 1);
});

pageTest('toggles redraw the charts', 'typical', kWide, async (page) => {
  for (const label of ['Cycles', 'Energy', 'Share', 'By layer', 'ms']) {
    const before = await chartHtml(page, '#latency-chart');
    const button = page.locator('#latency .segmented button', {
      hasText: new RegExp(`^${label}$`),
    });
    await button.click();
    assert.equal(await button.getAttribute('aria-pressed'), 'true');
    await changed(page, '#latency-chart', before);
  }
  const before = await chartHtml(page, '#stall-chart');
  await page.locator('#stalls .segmented button', { hasText: 'Per MAC' }).click();
  await changed(page, '#stall-chart', before);
  assert.match(await page.locator('#stall-chart svg').textContent(), /cycles per MAC/);
});

pageTest('pointing at a bar tells its cycles and kernel', 'typical', kWide, async (page) => {
  await showFitting(page);
  const chart = page.locator('#latency-chart');
  await chart.scrollIntoViewIfNeeded();
  await settled(page);
  const box = await chart.boundingBox();
  // The slowest target's bar is the last of four, between the legend and the axis.
  const y = box.y + 36 + (box.height - 80) * 0.875;
  const text = await pointAt(page, box.x + 240, y, '#latency-chart .facts');
  assert.match(text, /on rp2040/);
  assert.match(text, /cycles\s+[\d,]+/);
  assert.match(text, /cycles\/MAC\s+[\d.]+/);
  assert.match(text, /kernel\s+reference_/);
});

pageTest('the arena is drawn and its blocks explain themselves', 'typical', kWide, async (page) => {
  const blocks = page.locator('#memory-map .block');
  assert.equal(await blocks.count(), 18);
  assert.equal(await page.locator('#memory-map .block.scratch .hatch').count(), 5);
  assert.match(
    await tipOf(page, blocks.nth(2)),
    /size\s+7\.8 KiB[\s\S]*lives\s+1 DEPTHWISE_CONV_2D to 2 CONV_2D/,
  );
  await page.mouse.move(0, 0);
  await page.locator('.memory-map').focus();
  await settled(page);
  await page.keyboard.press('ArrowRight');
  assert.match(await page.locator('#tip').innerText(), /lives\s+0 CONV_2D to 1/);
  assert.equal(await page.locator('.memory-map .capacity').count(), 0, 'capacity is far above');
  await page.locator('#focus').selectOption('stm32l053r8');
  assert.equal(await page.locator('.memory-map .capacity').count(), 1, 'capacity is exceeded');
});

pageTest('the target in detail changes the layer table', 'typical', kWide, async (page) => {
  const rows = page.locator('#layers tbody tr');
  assert.equal(await rows.count(), 13);
  const before = await rows.first().innerText();
  await page.locator('#focus').selectOption('rp2040');
  assert.notEqual(await rows.first().innerText(), before);
  assert.match(await rows.first().innerText(), /reference_conv_2d_s8/);
  await page.locator('#layers th button', { hasText: /^Cycles$/ }).click();
  await page.locator('#layers th button', { hasText: /^Cycles$/ }).click();
  const cycles = await page.locator('#layers tbody tr td:nth-child(5)').allInnerTexts();
  const numbers = cycles.map((text) => Number(text.replace(/[^\d]/g, '')));
  assert.deepEqual(
    numbers,
    [...numbers].sort((a, b) => b - a),
  );
});

pageTest('the model selector changes everything', 'typical', kWide, async (page) => {
  const before = await chartHtml(page, '#latency-chart');
  await page.locator('#model').selectOption('vww_96_int8');
  assert.equal(await page.locator('h1').textContent(), 'vww_96_int8');
  await changed(page, '#latency-chart', before);
  assert.equal(await page.locator('#layers tbody tr').count(), 31);
  assert.match(await page.locator('#picks').innerText(), /4 of 5/);
  await page.locator('#latency .segmented button', { hasText: 'By layer' }).click();
  const twenty = await chartHtml(page, '#latency-chart');
  await page.locator('button', { hasText: 'Show all 31 layers' }).click();
  await changed(page, '#latency-chart', twenty);
});

pageTest('one model on one target needs no choice', 'single', kWide, async (page) => {
  assert.equal(await page.locator('#model').count(), 0);
  assert.ok(!(await page.locator('.presets').isVisible()));
  assert.match(await page.locator('#picks').innerText(), /Latency[\s\S]*54\.13 ms[\s\S]*bit-exact/);
  assert.ok((await paths(page, '#latency-chart')) > 10);
});

pageTest('floats as near as they can be are no error, and not bit-exact', 'floats', kWide, async (page) => {
  assert.match(await page.locator('#picks').innerText(), /output within 2 ULP \(bound 8\)/);
  const cell = page.locator('#comparison tbody td .yes', { hasText: '2 ULP' });
  assert.match(await cell.getAttribute('title'), /bound 8\): float32 LOGISTIC, TANH/);
});

pageTest('forty targets and sixty layers stay usable', 'wide', kWide, async (page) => {
  assert.equal((await targets(page)).length, 32, 'those that fit');
  await page.locator('#show-missing').check();
  assert.equal((await targets(page)).length, 40);
  await page.locator('#target-search').fill('rp2040');
  assert.equal((await targets(page)).length, 8);
  await page.locator('#target-search').fill('');
  await page.locator('.presets button', { hasText: 'all listed' }).click();
  assert.ok((await paths(page, '#latency-chart')) > 2000);
  assert.equal(await page.locator('.fit-card').count(), 40);
});

pageTest('text of the document is never taken for markup', 'hostile', kWide, async (page) => {
  assert.equal(
    await page.locator('h1').textContent(),
    '</script><script>window.broken = 1</script>',
  );
  assert.equal(await page.evaluate(() => window.broken), undefined);
  assert.equal(await page.locator('main img').count(), 0);
  assert.match(await page.locator('#layers').innerText(), /<i>CUSTOM<\/i>/);
  const chart = page.locator('#latency-chart');
  await chart.scrollIntoViewIfNeeded();
  await settled(page);
  const box = await chart.boundingBox();
  const tip = await pointAt(page, box.x + 200, box.y + 54, '#latency-chart .facts');
  assert.match(tip, /CONV_2D on a,b "c"/);
  for (let x = 130; x < box.width - 100; x += 60) await page.mouse.move(box.x + x, box.y + 54);
  assert.equal(await page.evaluate(() => window.broken), undefined);
});

pageTest('what is not answered is named with its reason', 'partly', kWide, async (page) => {
  const text = await page.locator('#unanswered').innerText();
  assert.match(text, /apollo3[\s\S]*not possible: target 'apollo3': cannot run at 180 MHz/);
  assert.match(text, /yolo[\s\S]*nrf52840, rp2040[\s\S]*not modelled: yolo: operators SVDF/);
  assert.equal(await page.locator('#unanswered li').count(), 3);
  // Models without any figures are not among those to choose from.
  assert.deepEqual(await page.locator('#model option').allTextContents(), [
    'kws_ref_model',
    'vww_96_int8',
  ]);
});

pageTest('nothing is said of answers that are all there', 'typical', kWide, async (page) => {
  assert.equal(await page.locator('#unanswered').innerText(), '');
});

pageTest('what models take together is a table', 'together', kWide, async (page) => {
  const rows = await page.locator('#together tbody tr').allInnerTexts();
  assert.equal(rows.length, 3);
  assert.match(rows[0], /nrf52840.*fits/s);
  assert.match(rows[1], /rp2040.*not answered.*SVDF/s);
  assert.match(rows[2], /stm32f103c8.*does not fit.*41440 too many/s);
});

pageTest('what has nothing to say is not there', 'single', kWide, async (page) => {
  const seen = page.locator('main > section').filter({ visible: true });
  for (const section of await seen.all()) assert.notEqual(await section.innerText(), '');
  assert.equal(await page.locator('#together').isVisible(), false);
  assert.equal(await page.locator('#unanswered').isVisible(), false);
});

pageTest('no prediction is said in words', 'empty', kWide, async (page) => {
  assert.match(await page.locator('main').innerText(), /holds no prediction/);
});

for (const colorScheme of ['light', 'dark']) {
  const phone = { viewport: { width: 420, height: 900 }, colorScheme, hasTouch: true };
  pageTest(
    `a narrow ${colorScheme} screen needs no sideways scrolling`,
    'typical',
    phone,
    async (page) => {
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(overflow, 0);
      assert.ok((await paths(page, '#latency-chart')) > 10);
      const [ground, text] = await page.evaluate(() => {
        const style = getComputedStyle(document.body);
        return [style.backgroundColor, style.color].map((c) => Number(c.match(/\d+/)[0]));
      });
      assert.ok(colorScheme === 'dark' ? ground < 40 && text > 200 : ground > 200 && text < 60);
    },
  );
}
