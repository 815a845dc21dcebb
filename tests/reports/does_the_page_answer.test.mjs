// Does the page say which chip to take, follow what the reader asks for, and keep that in its address?
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { findChromium, launch, lookAt } from './chromium.mjs';
import { fileIn, kTargets, pageOf, predict } from './real_page.mjs';

if (!findChromium()) {
  console.log('needs Chromium: it is not there');
  process.exit(77);
}

const browser = await launch();
after(() => browser.close());

const kWide = { viewport: { width: 1400, height: 900 } };
const kBefore = fileIn('before.json');
predict('kws', 'ad', '-t', kTargets.join(), '-k', 'auto', '-f', 'json', '-o', kBefore);
const document_ = JSON.parse(readFileSync(kBefore, 'utf8'));
const kPage = pageOf('two', ['kws', 'ad'], kTargets, '--baseline', kBefore);

const pageTest = (name, body, file = kPage, hash = '') => test(name, () => lookAt(browser, file, kWide, body, hash));
const answer = (page) => page.locator('#answer .answers').innerText();
const listed = (page) => page.locator('#comparison tbody th b').allTextContents();
const chosen = (page) => page.locator('#comparison tbody tr.selected th b').allTextContents();

// The predictions of a model that fit, fastest first.
function fitting(model, wanted) {
  return document_.predictions
    .filter((p) => p.model === model && p.fits && wanted(p))
    .sort((a, b) => a.latency_ms - b.latency_ms);
}
const isPart = (p) => p.availability === 'part';

pageTest('it names the fastest parts, and what comes next', async (page) => {
  const [first, second] = fitting('kws', (p) => isPart(p) && !p.accelerator).map((p) => p.target);
  const [best] = fitting('kws', (p) => isPart(p) && p.accelerator).map((p) => p.target);
  assert.match(await answer(page), new RegExp(`Take ${first}:[\\s\\S]*Next is ${second}[\\s\\S]*Take ${best}:`));
  assert.deepEqual(new Set(await chosen(page)), new Set([first, best]));
  assert.equal(await page.locator('#focus option:checked').textContent(), first);
});

pageTest('parts, IP blocks and ideal cores are told apart', async (page) => {
  const before = await listed(page);
  assert.ok(!before.includes('ethos-u55-128') && !before.includes('ideal-cortex-m4'));
  await page.getByLabel('IP blocks').check();
  assert.match(await answer(page), /Take ethos-u/);
  await page.getByLabel('ideal cores').check();
  assert.equal((await listed(page)).length, before.length + 3);
  await page.getByLabel('parts that can be bought').uncheck();
  assert.deepEqual((await listed(page)).sort(), ['ethos-u55-128', 'ethos-u65-256', 'ideal-cortex-m4']);
});

pageTest('each box filters at once', async (page) => {
  const by = (wanted) => fitting('kws', (p) => isPart(p) && wanted(p)).map((p) => p.target).sort();
  const shows = async (wanted) => assert.deepEqual((await listed(page)).sort(), by(wanted));
  await page.locator('#limit-latency').fill('40');
  await shows((p) => p.latency_ms <= 40);
  await page.locator('#limit-energy').fill('1000');
  await shows((p) => p.latency_ms <= 40 && p.energy_uj <= 1000);
  await page.locator('#limit-energy').fill('');
  // What has no known price does not meet a limit on it.
  await page.locator('#limit-price').fill('11');
  await shows((p) => p.latency_ms <= 40 && p.price_usd !== null && p.price_usd <= 11);
  await page.locator('#limit-price').fill('');
  await page.locator('#limit-sram').fill('200');
  await shows((p) => p.latency_ms <= 40 && p.sram.capacity_bytes - p.sram.total_bytes >= 200 * 1024);
  await page.getByRole('button', { name: 'reset' }).click();
  await page.getByLabel('Vendor').selectOption('STMicroelectronics');
  await shows((p) => p.vendor === 'STMicroelectronics');
});

pageTest('nothing that meets everything is said, with what comes nearest', async (page) => {
  await page.locator('#limit-latency').fill('0.001');
  assert.match(await answer(page), /No microcontroller[\s\S]*Nearest is stm32n657x0, which misses: latency/);
  assert.match(await page.locator('#comparison .status').innerText(), /No target meets everything/);
  assert.match(await page.locator('#picks .bad').innerText(), /0 of \d+/);
});

pageTest('the preference decides', async (page) => {
  const cheapest = fitting('kws', (p) => isPart(p) && !p.accelerator && p.price_usd !== null)
    .sort((a, b) => a.price_usd - b.price_usd)[0].target;
  await page.getByRole('button', { name: 'Cheapest' }).click();
  assert.match(await answer(page), new RegExp(`Take ${cheapest}: .*the cheapest`));
  assert.ok((await chosen(page)).includes(cheapest));
});

pageTest('"~" stands only where an estimate could change the answer', async (page) => {
  const marks = page.locator('#comparison .estimate');
  const few = await marks.count();
  assert.ok(few < (await listed(page)).length, 'not on every row');
  const { latency_ms } = fitting('kws', (p) => p.target === 'stm32f446re')[0];
  await page.locator('#limit-latency').fill(String(latency_ms * 1.01));
  const row = page.locator('#comparison tr', { hasText: 'stm32f446re' });
  assert.equal(await row.locator('.latency .estimate').count(), 1);
});

pageTest('the address holds the choice, and is obeyed', async (page) => {
  await page.locator('#limit-latency').fill('40');
  await page.getByRole('button', { name: 'Least energy' }).click();
  await page.locator('#model').selectOption('ad');
  const link = await page.locator('#memory .part-link').getAttribute('href');
  assert.match(link, /model=ad.*prefer=energy.*latency=40.*part=memory/);
  assert.ok(link.startsWith(await page.evaluate(() => location.hash)));
  await page.goto('about:blank');
  await page.goto(`file://${kPage}${link}`);
  await page.waitForSelector('html[data-ready]');
  assert.equal(await page.locator('h1').textContent(), 'ad');
  assert.equal(await page.locator('#limit-latency').inputValue(), '40');
  assert.ok(await page.evaluate(() => scrollY > 300));
});

pageTest(
  'a link to a pair shows that pair',
  async (page) => {
    assert.equal(await page.locator('h1').textContent(), 'ad');
    assert.equal(await page.locator('#focus option:checked').textContent(), 'imx500');
    assert.ok(await page.locator('#accelerator').isVisible());
  },
  kPage,
  '#model=ad&target=imx500&show=imx500,nosuch',
);

pageTest('a memory of unknown size has no bar', async (page) => {
  const flash = (target) => {
    const name = page.locator('th b').getByText(target, { exact: true });
    return page.locator('#comparison tr').filter({ has: name }).locator('td').nth(5);
  };
  const [{ flash: used }] = fitting('kws', (p) => p.target === 'gap9-ne16');
  assert.equal(await flash('gap9-ne16').innerText(), (used.total_bytes / 1024).toFixed(1));
  assert.equal(await flash('gap9-ne16').locator('.meter').count(), 0);
  assert.equal(await flash('coral-usb3').locator('.meter').count(), 1);
  await page.locator('.presets button', { hasText: 'all listed' }).click();
  assert.doesNotMatch(await page.locator('#fit').innerText(), /0 B of 0 B/);
  const card = page.locator('.fit-card', { hasText: 'gap9-ne16' });
  assert.equal(await card.locator('.stack-bar').count(), 1, 'of its on-chip memory');
});

pageTest('models and targets are a table; a cell leads to its pair', async (page) => {
  const head = await page.locator('#matrix thead th').allTextContents();
  assert.deepEqual(head, ['Target', 'kws', 'ad']);
  await page.getByLabel('ad on rp2040', { exact: false }).click();
  assert.equal(await page.locator('h1').textContent(), 'ad');
  assert.equal(await page.locator('#focus option:checked').textContent(), 'rp2040');
  assert.equal(await page.locator('.multiples figure').count(), 2);
});

pageTest('a baseline stands beside', async (page) => {
  const text = await page.locator('#baseline-part').innerText();
  assert.match(text, /14 of 14 take the same cycles/);
  assert.equal(await page.locator('#baseline-part tbody tr').count(), 14);
});

async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return [download.suggestedFilename(), readFileSync(await download.path())];
}

pageTest(
  'no operator lies above its roof',
  async (page) => {
    const [name, content] = await saved(page, page.getByLabel('Save roofline as CSV'));
    assert.equal(name, 'roofline.csv');
    const [head, ...rows] = content.toString().trim().split('\r\n').map((line) => line.split(','));
    const at = (column) => head.indexOf(column);
    assert.ok(rows.length >= 5);
    for (const row of rows) {
      const [rate, roof] = [row[at('gmacs_per_second')], row[at('roof_gmacs_per_second')]].map(Number);
      assert.ok(rate > 0 && rate <= roof * (1 + 1e-9), row.join());
    }
    assert.ok(rows.some((row) => Number(row[at('hidden_fetch_ms')]) > 0), 'some weights are fetched ahead');
  },
  kPage,
  '#model=kws&target=ethos-u55-128',
);

pageTest('tables and charts can be saved', async (page) => {
  const [name, csv] = await saved(page, page.getByLabel('Save comparison as CSV'));
  assert.equal(name, 'comparison.csv');
  assert.equal(csv.toString().trim().split('\r\n').length, (await listed(page)).length + 1);
  const [, svg] = await saved(page, page.getByLabel('Save targets as SVG'));
  assert.match(svg.toString(), /^<svg [\s\S]*Latency, ms[\s\S]*<\/svg>$/);
  const [, png] = await saved(page, page.getByLabel('Save latency_by_layer as PNG'));
  assert.equal(png.subarray(1, 4).toString(), 'PNG');
  assert.ok(png.readUInt32BE(16) > 1000, 'as wide as the screen, twice');
});

pageTest('the foot says how the page was made', async (page) => {
  const foot = page.locator('#foot');
  assert.match(await foot.innerText(), /boardless \d[\s\S]*boardless\.prediction\/\d[\s\S]*boardless -q predict kws ad -t stm32f446re,/);
  await foot.locator('summary').click();
  for (const { model_sha256 } of document_.predictions) {
    assert.ok((await foot.innerText()).includes(model_sha256));
  }
});
