// What a prediction says of its target, where documents and targets differ in what they say.
import type { Availability, Prediction } from './document';

// Of a document that does not say, by the names that ideal cores have.
export function availabilityOf({ availability, target }: Prediction): Availability {
  return availability ?? (target.startsWith('ideal-') ? 'ideal_core' : 'part');
}

// What a memory is used for, and how large it is: null where that is not known, as of the memory
// behind an accelerator that weights are fetched from.
export interface MemoryUse {
  used: number;
  capacity: number | null;
}

export function memoryUse(p: Prediction, memory: 'sram' | 'flash'): MemoryUse {
  const { total_bytes: used, capacity_bytes: capacity } = p[memory];
  if (memory === 'flash' && p.accelerator) {
    const { cached_bytes, cache_capacity_bytes } = p.accelerator;
    if (cache_capacity_bytes > 0) return { used: cached_bytes, capacity: cache_capacity_bytes };
    return { used, capacity: null };
  }
  return { used, capacity: capacity > 0 ? capacity : null };
}
