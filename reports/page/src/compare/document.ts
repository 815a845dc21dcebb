// What the page of a comparison carries: schema boardless.comparison/1 (docs/documents.md), with a
// title; of a checked budget its verdicts, and what changed since the baseline.
import { unpacked } from '../payload';

export interface Change {
  before: number;
  after: number;
}

export type Changes = Record<string, Change>; // by field: "cycles", "latency_ms"

export interface Part {
  presence: 'both' | 'added' | 'removed';
  index: number;
  op: string; // empty: a function; "region": one of a run
  name: string;
  kernel_before: string;
  kernel_after: string;
  changes: Changes;
  causes: Record<string, number>; // cycles more, or fewer
}

export interface Pair {
  model: string;
  target: string;
  clock_hz: number;
  options: string;
  presence: 'both' | 'added' | 'removed';
  changed: boolean;
  fits_before: boolean;
  fits_after: boolean;
  output_changed: boolean;
  basis: { what: string; before: string; after: string }[];
  changes: Changes;
  causes: Record<string, number>;
  parts: Part[];
}

export interface Verdict {
  model: string;
  target: string;
  options: string;
  scope: string;
  figure: string;
  limit: string;
  place: string;
  holds: boolean;
  checked: boolean;
  value: string;
  bound: string;
  change: string;
  cause: string;
}

export interface Comparison {
  before: string;
  after: string;
  version_before: string;
  version_after: string;
  pairs: Pair[];
  not_answered: { model: string; target: string; reason: string }[];
  verdicts: Verdict[];
}

export interface ComparisonPage {
  schema: string;
  version: string;
  title: string;
  summary: string; // of a checked budget
  comparisons: Comparison[];
}

export async function readComparison(): Promise<ComparisonPage> {
  const page = await unpacked<ComparisonPage>('document');
  if (!page) throw new Error('it holds no comparison');
  return page;
}

// A pair, and the documents that it is of.
export interface Row {
  comparison: Comparison;
  pair: Pair;
}

export function rowsOf(page: ComparisonPage): Row[] {
  return page.comparisons.flatMap((comparison) =>
    comparison.pairs.map((pair) => ({ comparison, pair })),
  );
}

export const pairName = ({
  model,
  target,
  options,
}: {
  model: string;
  target: string;
  options: string;
}) => `${model} on ${target}${options === '' ? '' : `, ${options}`}`;

// By how much a figure changed, in per cent; null where there is none, or it was 0.
export function relative(change: Change | undefined): number | null {
  if (!change || change.before === 0) return change && change.after === 0 ? 0 : null;
  return (100 * (change.after - change.before)) / change.before;
}
