// What the reader asks of a chip, and what a target misses of it. What is not known is never counted as met.
import { type Availability, type Entry, type Figure, type Prediction } from './document';
import { bytes, dollars, duration, energy } from './format';
import { availabilityOf, memoryUse } from './target_facts';

export const kAvailabilities: Record<Availability, string> = {
  part: 'parts that can be bought',
  ip_block: 'IP blocks',
  ideal_core: 'ideal cores',
};

export type Limit = 'latency' | 'energy' | 'price' | 'sram' | 'flash';

export interface Requirements {
  limits: Partial<Record<Limit, number>>; // ms, µJ, USD, and bytes that stay free
  vendor: string; // '': any
  kinds: Set<Availability>;
}

interface LimitKind {
  limit: Limit;
  title: string;
  unit: string;
  scale: number; // of the unit, in the limit's own
  figure: Figure;
  isReserve: boolean; // at least so much, not at most
  value: (p: Prediction) => number | null;
  text: (value: number) => string;
}

function free(p: Prediction, memory: 'sram' | 'flash'): number | null {
  const { used, capacity } = memoryUse(p, memory);
  return capacity === null ? null : capacity - used;
}

export const kLimits: LimitKind[] = [
  {
    limit: 'latency',
    title: 'Latency at most',
    unit: 'ms',
    scale: 1,
    figure: 'latency',
    isReserve: false,
    value: (p) => p.latency_ms,
    text: duration,
  },
  {
    limit: 'energy',
    title: 'Energy at most',
    unit: 'µJ',
    scale: 1,
    figure: 'energy',
    isReserve: false,
    value: (p) => p.energy_uj,
    text: energy,
  },
  {
    limit: 'price',
    title: 'Price at most',
    unit: 'USD',
    scale: 1,
    figure: 'price',
    isReserve: false,
    value: (p) => p.price_usd,
    text: dollars,
  },
  {
    limit: 'sram',
    title: 'SRAM left free',
    unit: 'KiB',
    scale: 1024,
    figure: 'sram',
    isReserve: true,
    value: (p) => free(p, 'sram'),
    text: bytes,
  },
  {
    limit: 'flash',
    title: 'Flash left free',
    unit: 'KiB',
    scale: 1024,
    figure: 'flash',
    isReserve: true,
    value: (p) => free(p, 'flash'),
    text: bytes,
  },
];

export function limitKind(limit: Limit): LimitKind {
  return kLimits.find((kind) => kind.limit === limit)!;
}

function missed(p: Prediction, kind: LimitKind, bound: number): string {
  const value = kind.value(p);
  const name = kind.isReserve ? `free ${kind.figure === 'sram' ? 'SRAM' : 'flash'}` : kind.figure;
  if (value === null) return `${name} not known`;
  if (kind.isReserve ? value >= bound : value <= bound) return '';
  return `${name} ${kind.text(value)}, ${kind.isReserve ? 'at least' : 'at most'} ${kind.text(bound)}`;
}

// Whether the target is among those asked about at all.
export function isAskedFor({ prediction: p }: Entry, { vendor, kinds }: Requirements): boolean {
  return kinds.has(availabilityOf(p)) && (vendor === '' || p.vendor === vendor);
}

// What a target that is asked about misses, in words; empty: it meets everything.
export function misses({ prediction: p }: Entry, { limits }: Requirements): string[] {
  const words = p.fits ? [] : p.reasons.length > 0 ? [...p.reasons] : ['does not fit'];
  for (const kind of kLimits) {
    const bound = limits[kind.limit];
    const word = bound === undefined ? '' : missed(p, kind, bound);
    if (word !== '') words.push(word);
  }
  return words;
}

export function meets(entry: Entry, requirements: Requirements): boolean {
  return isAskedFor(entry, requirements) && misses(entry, requirements).length === 0;
}

// Parts, where there are any: otherwise whatever there is.
export function initialRequirements(entries: Entry[]): Requirements {
  const kinds = new Set(entries.map(({ prediction }) => availabilityOf(prediction)));
  return { limits: {}, vendor: '', kinds: kinds.has('part') ? new Set(['part']) : kinds };
}
