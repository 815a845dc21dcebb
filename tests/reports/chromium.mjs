// Opens a page from a file in headless Chromium and collects whatever goes wrong in it.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const kFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// The system's Chromium, or null.
export function findChromium() {
  const known = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'];
  return known.find((path) => path && existsSync(path)) ?? null;
}

export function launch() {
  return chromium.launch({ executablePath: findChromium(), args: kFlags });
}

// `problems` grows with console errors, uncaught exceptions and every request but the page itself.
export async function openPage(browser, file, contextOptions = {}, hash = '') {
  const context = await browser.newContext(contextOptions);
  const page = await context.newPage();
  const url = pathToFileURL(file).href;
  const problems = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`exception: ${error.stack ?? error.message}`));
  page.on('request', (request) => {
    const ours = request.url().split('#')[0] === url || /^(data|blob|about):/.test(request.url());
    if (!ours) problems.push(`request: ${request.url()}`);
  });
  await page.goto(url + hash);
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
  return { context, page, problems };
}

// Looks at a page without movement; fails on any console message, exception or request.
export async function lookAt(browser, file, options, body, hash = '') {
  const still = { ...options, reducedMotion: 'reduce' };
  const { page, problems, context } = await openPage(browser, file, still, hash);
  await body(page);
  assert.deepEqual(problems, []);
  await context.close();
}
