// Which target to take: those that meet everything, best first, and the front of two figures.
import type { Entry, Figure } from './document';
import { meets, misses, kLimits, isAskedFor, type Requirements } from './requirements';

export type Objective = 'latency' | 'energy' | 'price';

export const kObjectives: Record<Objective, { title: string; best: string }> = {
  latency: { title: 'Fastest', best: 'the fastest' },
  energy: { title: 'Least energy', best: 'the one with the least energy' },
  price: { title: 'Cheapest', best: 'the cheapest' },
};

export type Kind = 'microcontroller' | 'accelerator';

export function kindOf({ prediction }: Entry): Kind {
  return prediction.accelerator ? 'accelerator' : 'microcontroller';
}

export function figureOf({ prediction: p }: Entry, figure: Figure): number | null {
  switch (figure) {
    case 'latency':
      return p.latency_ms;
    case 'energy':
      return p.energy_uj;
    case 'price':
      return p.price_usd;
    case 'cycles':
      return p.cycles;
    case 'sram':
    case 'flash':
      return p[figure].total_bytes;
  }
}

// By the objective; what is alike in it by latency, price and the order asked. Unknown figures go last.
export function better(objective: Objective): (a: Entry, b: Entry) => number {
  const order: Figure[] = [objective, 'latency', 'price'];
  return (a, b) => {
    for (const figure of order) {
      const [x, y] = [figureOf(a, figure) ?? Infinity, figureOf(b, figure) ?? Infinity];
      if (x !== y) return x < y ? -1 : 1;
    }
    return a.id - b.id;
  };
}

// Of one kind, those that meet everything, best first.
export function ranked(
  entries: Entry[],
  requirements: Requirements,
  objective: Objective,
  kind: Kind,
): Entry[] {
  return entries
    .filter((entry) => kindOf(entry) === kind && meets(entry, requirements))
    .filter((entry) => figureOf(entry, objective) !== null)
    .sort(better(objective));
}

// The best of each kind: what is looked at unless the reader chooses otherwise.
export function bestOfEach(
  entries: Entry[],
  requirements: Requirements,
  objective: Objective,
): Entry[] {
  return (['microcontroller', 'accelerator'] as Kind[]).flatMap((kind) =>
    ranked(entries, requirements, objective, kind).slice(0, 1),
  );
}

// How many times over what was asked a target is in its worst figure; 1: it meets every limit.
function excess({ prediction: p }: Entry, { limits }: Requirements): number {
  const over = kLimits.map(({ limit, isReserve, value }) => {
    const bound = limits[limit];
    if (bound === undefined) return 1;
    const has = value(p);
    if (has === null) return Infinity;
    return isReserve ? bound / Math.max(has, 1) : has / bound;
  });
  return Math.max(1, p.fits ? 1 : p.sram.total_bytes / Math.max(p.sram.capacity_bytes, 1), ...over);
}

// Where nothing meets everything: the target that comes nearest, with what it misses.
export function nearest(
  entries: Entry[],
  requirements: Requirements,
  kind: Kind,
): { entry: Entry; misses: string[] } | null {
  const asked = entries.filter(
    (entry) => kindOf(entry) === kind && isAskedFor(entry, requirements),
  );
  const [entry] = asked.sort((a, b) => {
    const few = misses(a, requirements).length - misses(b, requirements).length;
    return few || excess(a, requirements) - excess(b, requirements) || better('latency')(a, b);
  });
  return entry ? { entry, misses: misses(entry, requirements) } : null;
}

// Those that no other is better than in one of the figures and as good in the other, by rising `x`.
export function front(entries: Entry[], x: Figure, y: Figure): Entry[] {
  const known = entries
    .map((entry) => ({ entry, x: figureOf(entry, x), y: figureOf(entry, y) }))
    .filter(
      (point): point is { entry: Entry; x: number; y: number } =>
        point.x !== null && point.y !== null,
    )
    .sort((a, b) => a.x - b.x || a.y - b.y);
  let least = Infinity;
  return known.flatMap(({ entry, y: value }) => {
    if (value >= least) return [];
    least = value;
    return [entry];
  });
}
