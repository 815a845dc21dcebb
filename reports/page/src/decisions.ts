// Whether an estimate behind a figure could change what is decided: only then is the figure marked.
import { type Entry, estimatesBehind, type Figure } from './document';
import { figureOf } from './choice';
import { latencyMargin } from './published_errors';
import { kLimits } from './requirements';
import type { Choice } from './state';
import { memoryUse } from './target_facts';

// Estimates of currents, prices and a runtime's bytes have no measured error; that of latency, published ones.
const kUnmeasuredMargin = 0.25;
const kMemoryMargin = 0.1;

function margin(entry: Entry, figure: Figure): number {
  if (figure === 'sram' || figure === 'flash') return kMemoryMargin;
  return figure === 'latency' || figure === 'cycles'
    ? latencyMargin(entry.prediction)
    : kUnmeasuredMargin;
}

const isNear = (value: number, bound: number, share: number): boolean =>
  value <= bound * (1 + share) && value * (1 + share) >= bound;

function isNearALimit(entry: Entry, figure: Figure, choice: Choice): boolean {
  const { limits } = choice.requirements;
  const share = margin(entry, figure);
  if (figure === 'sram' || figure === 'flash') {
    const { used, capacity } = memoryUse(entry.prediction, figure);
    return capacity !== null && isNear(used, capacity - (limits[figure] ?? 0), share);
  }
  return kLimits.some(({ limit, figure: limited }) => {
    const bound = limits[limit];
    const value = figureOf(entry, limited);
    return (
      limited === figure && bound !== undefined && value !== null && isNear(value, bound, share)
    );
  });
}

// Of each kind, the best and those that are as good as far as the margins say; none where the best stands alone.
export function contested(ranking: Entry[][], objective: Figure): Set<number> {
  const found = ranking.flatMap((entries) => {
    const [best, ...others] = entries;
    if (!best) return [];
    const least = figureOf(best, objective)!;
    const alike = others.filter((entry) =>
      isNear(figureOf(entry, objective)!, least, margin(entry, objective)),
    );
    return alike.length > 0 ? [best, ...alike] : [];
  });
  return new Set(found.map(({ id }) => id));
}

export function isDecisive(entry: Entry, figure: Figure, choice: Choice): boolean {
  if (estimatesBehind(entry.prediction, figure).length === 0) return false;
  if (figure === choice.objective && choice.contested.has(entry.id)) return true;
  return isNearALimit(entry, figure, choice);
}
