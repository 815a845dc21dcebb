// Takes a picture of a report: node screenshot.mjs PAGE.html OUT.png [--width 1440] [--height 2000]
// [--dark] [--full] [--scale 1] [--hash '#model=kws'] [--part layers]. Run the copy in the build folder
// (tests/reports/node), where its npm packages are.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium, launch, openPage } from './chromium.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    width: { type: 'string', default: '1440' },
    height: { type: 'string', default: '2000' },
    scale: { type: 'string', default: '1' },
    hash: { type: 'string', default: '' },
    part: { type: 'string', default: '' },
    dark: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
  },
});
if (positionals.length !== 2 || !findChromium()) {
  console.error(
    positionals.length === 2 ? 'no Chromium found' : 'usage: screenshot.mjs PAGE.html OUT.png',
  );
  process.exit(2);
}
const browser = await launch();
const options = {
  viewport: { width: Number(values.width), height: Number(values.height) },
  colorScheme: values.dark ? 'dark' : 'light',
  deviceScaleFactor: Number(values.scale),
};
const { page, problems } = await openPage(browser, resolve(positionals[0]), options, values.hash);
await page.waitForTimeout(600); // charts grow in
const path = resolve(positionals[1]);
if (values.part) await page.locator(`#${values.part}`).screenshot({ path });
else await page.screenshot({ path, fullPage: values.full });
await browser.close();
for (const problem of problems) console.error(problem);
process.exit(problems.length === 0 ? 0 : 1);
