// Fields as people read them: titles, and values with their units.
import { bytes, dollars, duration, energy, figure, kibibytes, tick, whole } from '../format';

const kTitles: Record<string, string> = {
  latency_ms: 'latency',
  energy_uj: 'energy',
  energy_mj: 'energy',
  sram_bytes: 'SRAM',
  arena_bytes: 'arena',
  flash_bytes: 'flash',
  sram_capacity: 'SRAM of the target',
  flash_capacity: 'flash of the target',
  price_usd: 'price',
  clock_mhz: 'clock',
  clock_hz: 'clock',
  macs: 'MACs',
  inferences_per_second: 'inferences a second',
};

// How axes count, where the values' own text does not say.
const kUnits: Record<string, string> = {
  latency_ms: 'ms',
  energy_uj: 'µJ',
  energy_mj: 'mJ',
  price_usd: 'USD',
  clock_mhz: 'MHz',
  clock_hz: 'Hz',
  sram_bytes: 'KiB',
  arena_bytes: 'KiB',
  flash_bytes: 'KiB',
  sram_capacity: 'KiB',
  flash_capacity: 'KiB',
};

export function fieldTitle(name: string): string {
  return kTitles[name] ?? name.replaceAll('_', ' ');
}

// As a heading.
export function fieldHeading(name: string): string {
  const title = fieldTitle(name);
  return title[0].toUpperCase() + title.slice(1);
}

export function axisTitle(name: string): string {
  const unit = kUnits[name];
  return unit ? `${fieldHeading(name)}, ${unit}` : fieldHeading(name);
}

// A column has one unit, which stands in its head; values without one say theirs themselves.
export function columnUnit(name: string): string | undefined {
  return kUnits[name];
}

export function columnText(name: string, value: number | string): string {
  if (typeof value === 'string' || kUnits[name] === undefined) return fieldText(name, value);
  if (isBytes(name)) return kibibytes(value);
  if (name === 'price_usd') return value.toFixed(2);
  return name.startsWith('clock') ? tick(value) : figure(value);
}

export function isBytes(name: string): boolean {
  return kUnits[name] === 'KiB';
}

export function axisTick(name: string, value: number): string {
  return isBytes(name) ? figure(value / 1024, 3) : tick(value);
}

export function fieldText(name: string, value: number | string): string {
  if (typeof value === 'string') return value;
  if (isBytes(name)) return bytes(value);
  switch (name) {
    case 'latency_ms':
      return duration(value);
    case 'energy_uj':
      return energy(value);
    case 'energy_mj':
      return energy(value * 1000);
    case 'price_usd':
      return dollars(value);
    case 'clock_mhz':
      return `${tick(value)} MHz`;
    case 'clock_hz':
      return `${tick(value / 1e6)} MHz`;
    default:
      return Number.isInteger(value) ? whole(value) : figure(value);
  }
}
