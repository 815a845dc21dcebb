// What is measured of layers, and what a pointer at one of them is told.
import type { Entry, Layer } from './document';
import { cyclesPerMac } from './document';
import { duration, energy, figure, percent, whole } from './format';
import { category } from './palette';
import { facts } from './tip';

export type Metric = 'ms' | 'cycles' | 'energy' | 'share';

export const kAxisName: Record<Metric, string> = {
  ms: 'latency, ms',
  cycles: 'cycles',
  energy: 'energy, µJ',
  share: "share of the target's cycles, %",
};
export interface Chosen {
  entry: Entry;
  slot: number;
}

export function measure(metric: Metric, layer: Layer, entry: Entry): number {
  switch (metric) {
    case 'ms':
      return layer.latency_ms;
    case 'cycles':
      return layer.cycles;
    case 'energy':
      return layer.energy_uj;
    case 'share':
      return entry.prediction.cycles > 0 ? (100 * layer.cycles) / entry.prediction.cycles : 0;
  }
}

export function total(metric: Metric, { prediction: p }: Entry): string {
  switch (metric) {
    case 'ms':
      return duration(p.latency_ms);
    case 'cycles':
      return whole(p.cycles);
    case 'energy':
      return energy(p.energy_uj);
    case 'share':
      return '';
  }
}

export function layerTip(layer: Layer, entry: Entry): HTMLElement {
  const ratio = cyclesPerMac(layer);
  const { prediction } = entry;
  return facts(
    `${layer.index} · ${layer.op} on ${entry.label}`,
    [
      ['latency', duration(layer.latency_ms)],
      ['share', percent(layer.cycles, prediction.cycles)],
      ['cycles', whole(layer.cycles)],
      ['MACs', layer.macs > 0 ? whole(layer.macs) : 'none'],
      ['cycles/MAC', ratio === null ? '–' : figure(ratio)],
      ['energy', energy(layer.energy_uj)],
      ['kernel', layer.kernel],
      ['output', layer.output_shape],
    ],
    layer.note,
  );
}

// Operator kinds with a colour each, costliest first.
export function kindColours(rows: Chosen[]): Map<string, string> {
  const cost = new Map<string, number>();
  for (const { entry } of rows) {
    for (const layer of entry.prediction.layers) {
      cost.set(layer.op, (cost.get(layer.op) ?? 0) + measure('share', layer, entry));
    }
  }
  const kinds = [...cost.keys()].sort((a, b) => cost.get(b)! - cost.get(a)!);
  return new Map(kinds.map((kind, i) => [kind, category(i)]));
}
