// Numbers with units, written the same way everywhere on the page.

function decimals(value: number, digits: number): number {
  if (value === 0) return 0;
  return Math.min(Math.max(digits - 1 - Math.floor(Math.log10(Math.abs(value))), 0), 9);
}

function grouped(value: number, fraction: number): string {
  return value.toLocaleString('en-US', {
    minimumFractionDigits: fraction,
    maximumFractionDigits: fraction,
  });
}

// Significant digits without an exponent: 0.01235, 12.35, 12,346.
export function figure(value: number, digits = 4): string {
  return grouped(value, decimals(value, digits));
}

export function whole(value: number): string {
  return grouped(value, 0);
}

// Axis labels: as few digits as tell the ticks apart.
export function tick(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 6 });
}

export function duration(ms: number): string {
  if (ms >= 10000) return `${figure(ms / 1000)} s`;
  if (ms > 0 && ms < 0.1) return `${figure(ms * 1000)} µs`;
  return `${figure(ms)} ms`;
}

export function energy(uj: number): string {
  if (uj >= 10e6) return `${figure(uj / 1e6)} J`;
  return uj >= 10000 ? `${figure(uj / 1000)} mJ` : `${figure(uj)} µJ`;
}

export function bytes(count: number): string {
  if (count < 1024) return `${whole(count)} B`;
  if (count < 1024 * 1024) {
    const kib = count / 1024;
    return `${grouped(kib, kib < 100 && !Number.isInteger(kib) ? 1 : 0)} KiB`;
  }
  const mib = count / 1024 / 1024;
  return `${Number.isInteger(mib) ? whole(mib) : figure(mib, 3)} MiB`;
}

// Of a column of memory sizes, which has one unit: KiB.
export function kibibytes(count: number): string {
  const kib = count / 1024;
  return grouped(kib, kib < 100 ? 1 : 0);
}

export function percent(part: number, of: number): string {
  if (of <= 0) return '–';
  const share = (100 * part) / of;
  if (share > 0 && share < 0.1) return '<0.1 %';
  return `${grouped(share, share < 9.95 && share > 0 ? 1 : 0)} %`;
}

export function megahertz(hz: number): string {
  return `${tick(hz / 1e6)} MHz`;
}

export function dollars(usd: number): string {
  return `$${grouped(usd, 2)}`;
}

// What a stall cause means, for readers who do not know the core: the page is given one line each.
const kCauseMeaning = JSON.parse(document.getElementById('causes')?.textContent ?? '{}') as Record<
  string,
  string
>;

export function causeMeaning(cause: string): string {
  const meaning = kCauseMeaning[cause] ?? '';
  return meaning && `${meaning[0].toUpperCase()}${meaning.slice(1)}.`;
}

// "flash_fetch" reads as "flash fetch".
export function causeName(cause: string): string {
  return cause === 'issue' ? 'issuing instructions' : cause.replaceAll('_', ' ');
}
