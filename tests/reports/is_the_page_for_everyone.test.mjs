// Can everyone use the pages: at three widths, light and dark, by assistive technology, and on paper?
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { checkAccess, checkWidth } from './access.mjs';
import { findChromium, launch, lookAt } from './chromium.mjs';
import { pageOf } from './real_page.mjs';

if (!findChromium()) {
  console.log('needs Chromium: it is not there');
  process.exit(77);
}

const browser = await launch();
after(() => browser.close());

const kSome = ['stm32f446re', 'rp2040', 'ideal-cortex-m4', 'coral-usb3', 'imx500', 'ethos-u55-128'];
const kPage = pageOf('everyone', ['kws', 'ad'], kSome);

// Presses every button that chooses what is shown and opens what is folded, without the walk of a pointer.
async function clickThrough(page) {
  for (const pressed of ['.segmented button', 'summary']) {
    for (const each of await page.locator(`${pressed}:visible`).all()) {
      await each.evaluate((element) => element.click());
    }
  }
}

for (const width of [1400, 1024, 420]) {
  for (const colorScheme of ['light', 'dark']) {
    const options = { viewport: { width, height: 900 }, colorScheme };
    test(`the report at ${width} pixels, ${colorScheme}`, () =>
      lookAt(
        browser,
        kPage,
        options,
        async (page) => {
          await checkWidth(page, 'as it opens');
          await page.locator('#show-missing').check();
          await page.locator('.presets button', { hasText: 'all listed' }).click();
          await clickThrough(page);
          await checkWidth(page, 'all opened');
          await checkAccess(page, 'all opened');
          const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
          assert.equal(dark, colorScheme === 'dark' ? 'rgb(14, 18, 23)' : 'rgb(244, 246, 249)');
        },
        '#model=ad&target=ethos-u55-128&kinds=part,ip_block,ideal_core&latency=50',
      ));
  }
}

test('the report is printed on at most six sheets of A4', () =>
  lookAt(browser, kPage, { viewport: { width: 1400, height: 900 } }, async (page) => {
    const sheets = await page.pdf({ format: 'A4', preferCSSPageSize: true });
    const count = sheets.toString('latin1').match(/\/Type\s*\/Page[^s]/g).length;
    assert.ok(count >= 2 && count <= 6, `${count} sheets`);
    await page.emulateMedia({ media: 'print' });
    const chart = await page.locator('#targets-chart svg').evaluate((element) => element.clientWidth);
    assert.ok(chart <= 690, `a chart of ${chart} pixels`);
  }));
