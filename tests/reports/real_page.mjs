// Pages of the real program, made once in a folder that goes with the test.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'boardless-page-'));
after(() => rmSync(folder, { recursive: true }));

export const fileIn = (name) => join(folder, name);

// Microcontrollers with and without a price, an ideal core, and accelerators: parts and IP blocks, with
// flash, with a parameter cache, and without any.
export const kTargets = [
  'stm32f446re', 'nrf52840', 'rp2040', 'stm32n657x0', 'ra8m1', 'alif-e3-hp', 'stm32f103c8', 'ideal-cortex-m4',
  'coral-usb3', 'imx500', 'gap9-ne16', 'stm32n6', 'ethos-u55-128', 'ethos-u65-256',
];

// Runs boardless predict; 1 says that something does not fit.
export function predict(...args) {
  try {
    return execFileSync(process.env.BOARDLESS, ['-q', 'predict', ...args], { encoding: 'utf8' });
  } catch (failed) {
    if (failed.status !== 1) throw failed;
    return failed.stdout;
  }
}

export function pageOf(name, models, targets, ...more) {
  const file = fileIn(`${name}.html`);
  predict(...models, '-t', targets.join(), '-r', file, '-o', fileIn('table.txt'), ...more);
  return file;
}
