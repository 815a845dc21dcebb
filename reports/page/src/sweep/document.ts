// A sweep as its page sees it: columns over the points, and what views ask of them.

import { unpacked } from '../payload';

interface TextColumn {
  words: string[];
  codes: number[]; // of each point; -1: nothing
}

export type Standing = 'front' | 'meets' | 'answered' | 'pruned' | 'refused' | 'pending';

export interface Field {
  name: string;
  type: 'number' | 'text' | 'truth';
  is_result: boolean;
  meaning: string;
  words?: string[]; // of a text
  codes?: number[];
  values?: (number | boolean | null)[]; // of a number or a truth; shorter where the last have none
}

interface SweepDocument {
  version: string;
  schema: string;
  space: string;
  objectives: { field: string; maximize: boolean }[];
  constraints: string[];
  counts: {
    points: number;
    answered: number;
    meets: number;
    front: number;
    pruned: { fit: number; constraint: number; front: number };
    refused: number;
    pending: number;
  };
  recommendation: string[];
  recommended: number | null;
  model: TextColumn;
  standing: TextColumn;
  answer: TextColumn;
  configuration: TextColumn;
  estimates: TextColumn;
  fields: Field[];
}

export class Sweep {
  readonly points: number[]; // their numbers, from 0
  private readonly byName: Map<string, Field>;

  constructor(readonly document: SweepDocument) {
    this.points = Array.from({ length: document.counts.points }, (_, i) => i);
    this.byName = new Map(document.fields.map((field) => [field.name, field]));
  }

  field(name: string): Field | undefined {
    return this.byName.get(name);
  }

  number(name: string, point: number): number | null {
    const value = this.byName.get(name)?.values?.[point];
    return typeof value === 'number' ? value : null;
  }

  text(name: string, point: number): string {
    const field = this.byName.get(name);
    if (field?.codes && field.words) return field.words[field.codes[point]] ?? '';
    const value = field?.values?.[point];
    return value === null || value === undefined ? '' : String(value);
  }

  private static word(column: TextColumn, point: number): string {
    return column.words[column.codes[point]] ?? '';
  }

  standing(point: number): Standing {
    return Sweep.word(this.document.standing, point) as Standing;
  }

  answer(point: number): string {
    return Sweep.word(this.document.answer, point);
  }

  configuration(point: number): string {
    return Sweep.word(this.document.configuration, point);
  }

  isEstimate(name: string, point: number): boolean {
    return Sweep.word(this.document.estimates, point).split(' ').includes(name);
  }

  // With the parameters that differ: "mobilenet_v1 width=0.1, resolution=64".
  modelName(point: number): string {
    return Sweep.word(this.document.model, point);
  }

  get objectives(): string[] {
    return this.document.objectives.map(({ field }) => field);
  }

  // Different values that the points have of a field, at most `most`, as they are met.
  distinct(field: Field, most = Infinity): (string | number)[] {
    if (field.words) return field.words.slice(0, most);
    const seen = new Set<string | number>();
    for (const value of field.values ?? []) {
      if (value !== null) seen.add(typeof value === 'number' ? value : String(value));
      if (seen.size >= most) break;
    }
    return [...seen];
  }

  // Microjoules, unless the objectives count in millijoules.
  get energy(): string {
    return this.objectives.includes('energy_mj') ? 'energy_mj' : 'energy_uj';
  }

  // The least and the largest value that points have of a field; of none, infinities.
  range(name: string, points: number[]): [number, number] {
    let least = Infinity;
    let most = -Infinity;
    for (const point of points) {
      const value = this.number(name, point);
      if (value === null) continue;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return [least, most];
  }

  // What can be drawn along an axis: numbers that differ.
  get numbers(): Field[] {
    return this.document.fields.filter(
      (field) => field.type === 'number' && this.distinct(field, 2).length > 1,
    );
  }
}

export async function readSweep(): Promise<Sweep> {
  const document = await unpacked<SweepDocument>('document');
  if (!document) throw new Error('the page carries no document');
  return new Sweep(document);
}
