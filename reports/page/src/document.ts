// The result document as the page sees it: types of boardless.prediction/1 and views by model.

export type Stalls = Record<string, number>;

export interface AcceleratorLayer {
  mapped: boolean;
  rule: string;
  compute_ms: number;
  onchip_ms: number;
  stream_ms: number;
  link_ms: number;
  host_ms: number;
  utilization: number;
  device: number;
  weight_bytes: number;
  streamed_bytes: number;
  onchip_bytes: number;
  link_bytes: number;
}

export interface AcceleratorUse {
  family: string;
  host: string;
  link: string;
  weights_in: string;
  weight_bits: number;
  devices: number;
  device_use: string;
  inferences_per_second: number;
  frames_per_second: number | null;
  peak_macs_per_second: number;
  weight_bytes_per_second: number;
  mapped_operators: number;
  mapped_macs: number;
  memory_bytes: number;
  working_bytes: number;
  fixed_bytes: number;
  weight_bytes: number;
  cached_bytes: number;
  cache_capacity_bytes: number;
  streamed_bytes: number;
  instruction_bytes: number;
  input_bytes: number;
  output_bytes: number;
  offchip_out_bytes: number;
  offchip_in_bytes: number;
  passes: number;
  segments: { on_accelerator: boolean; first_op: number; last_op: number }[];
  crossings: { tensor: string; bytes: number; to_accelerator: boolean }[];
}

export interface Layer {
  index: number;
  op: string;
  name: string;
  kernel: string;
  output_shape: string;
  macs: number;
  cycles: number;
  instructions: number;
  latency_ms: number;
  energy_uj: number;
  stalls: Stalls;
  note: string;
  accelerator?: AcceleratorLayer; // on an accelerator
}

export interface ArenaBlock {
  name: string;
  offset: number;
  bytes: number;
  first_op: number;
  last_op: number;
  scratch: boolean;
}

export interface Sram {
  arena_bytes: number;
  stack_bytes: number;
  static_bytes: number;
  persistent_bytes?: number; // of a model that keeps state
  total_bytes: number;
  capacity_bytes: number;
  tensor_arena_bytes?: number; // of an interpreter
}

export interface Flash {
  weights_bytes: number;
  code_bytes: number;
  runtime_bytes: number;
  total_bytes: number;
  capacity_bytes: number;
}

export interface Estimate {
  what: string;
  reason: string;
}

// How near to the reference's the floats of operators are whose kernels call a C library's
// functions.
export interface FloatAgreement {
  within_bound: boolean;
  ulp: number;
  bound_ulp: number;
  operators: string[];
}

// How far latencies were from published ones, on a core or an accelerator.
export interface PublishedErrors {
  of: string;
  points: number;
  median_percent: number;
  worst_percent: number;
  worst_point: string;
}

export type Availability = 'part' | 'ip_block' | 'ideal_core';

export interface Prediction {
  model: string;
  model_sha256: string;
  macs: number;
  parameters: number;
  target: string;
  target_description: string;
  vendor?: string; // like the next absent in older documents
  availability?: Availability;
  core: string;
  clock_hz: number;
  price_usd: number | null;
  kernels: string;
  image: string;
  compiler: string;
  compiler_flags: string;
  planner?: string; // when one was asked for
  runtime?: string; // these three: absent in older documents
  kernels_sha256?: string;
  data_sha256?: string;
  cycles: number;
  instructions: number;
  latency_ms: number;
  latency_error?: PublishedErrors; // absent where nothing published judges it
  energy_uj: number;
  sram: Sram;
  flash: Flash;
  fits: boolean;
  reasons: string[];
  bit_exact: boolean | null; // null: outputs are not computed
  float_agreement?: FloatAgreement; // when some kernels call a C library's functions
  output_sha256: string;
  output_argmax: number;
  stalls: Stalls;
  layers: Layer[];
  arena: ArenaBlock[];
  estimates: Estimate[];
  accelerator?: AcceleratorUse; // on an accelerator, where outputs are not computed
  sources: string[];
}

// How an output compares with the host reference's: bit for bit, or as near as two C libraries are.
export type Sameness = 'unknown' | 'exact' | 'near' | 'wrong';

export function sameness(p: Prediction): Sameness {
  if (p.bit_exact === null) return 'unknown';
  if (p.bit_exact) return 'exact';
  return p.float_agreement?.within_bound ? 'near' : 'wrong';
}

// A model and a target without figures.
export interface Unanswered {
  row: number;
  model: string;
  model_sha256: string;
  target: string;
  kind: string;
  reason: string;
  report: string; // of a fault
}

// Several models in one device.
export interface Together {
  target: string;
  models: string[];
  sram: Sram | null; // null, like flash, where a model of them is not answered
  flash: Flash | null;
  fits: boolean;
  reasons: string[];
  estimates: Estimate[];
}

export interface ResultDocument {
  schema: string;
  version: string;
  commit?: string; // of the program, where it is known
  predictions: Prediction[];
  unanswered: Unanswered[];
  together?: Together[]; // when asked for
}

// A prediction with a label that is unique within its model.
export interface Entry {
  id: number;
  label: string;
  prediction: Prediction;
}

export interface Model {
  label: string;
  entries: Entry[];
}

function repeated(values: string[]): Set<string> {
  return new Set(values.filter((value, i) => values.indexOf(value) !== i));
}

// The target's name, made longer only where one target was predicted more than once.
function labelled(predictions: Prediction[]): Entry[] {
  const refinements = [
    (p: Prediction) => p.target,
    (p: Prediction) => `${p.target} · ${p.kernels}`,
    (p: Prediction) => `${p.target} · ${p.kernels} · ${p.clock_hz / 1e6} MHz`,
    (p: Prediction, i: number) => `${p.target} · #${i + 1}`,
  ];
  const labels = predictions.map(refinements[0]);
  for (const refine of refinements.slice(1)) {
    const clashes = repeated(labels);
    if (clashes.size === 0) break;
    predictions.forEach((p, i) => {
      if (clashes.has(labels[i])) labels[i] = refine(p, i);
    });
  }
  return predictions.map((prediction, id) => ({ id, label: labels[id], prediction }));
}

export function modelsOf(result: ResultDocument): Model[] {
  const groups = new Map<string, Prediction[]>();
  for (const p of result.predictions) {
    const key = `${p.model}\n${p.model_sha256}`;
    groups.set(key, [...(groups.get(key) ?? []), p]);
  }
  const groupList = [...groups.values()];
  const clashes = repeated(groupList.map((group) => group[0].model));
  return groupList.map((group) => ({
    label: clashes.has(group[0].model)
      ? `${group[0].model} (${group[0].model_sha256.slice(0, 8)})`
      : group[0].model,
    entries: labelled(group),
  }));
}

export type Figure = 'cycles' | 'latency' | 'energy' | 'sram' | 'flash' | 'price';

// Latency follows from cycles, energy from latency: an estimate in one reaches those behind it.
const kFieldsBehind: Record<Figure, string[]> = {
  cycles: ['cycles'],
  latency: ['cycles', 'clock_hz', 'latency_ms'],
  energy: ['cycles', 'clock_hz', 'latency_ms', 'energy_uj'],
  sram: ['sram'],
  flash: ['flash'],
  price: ['price_usd'],
};

// The estimates that reach a figure; empty when it rests on none.
export function estimatesBehind(prediction: Prediction, figure: Figure): Estimate[] {
  return prediction.estimates.filter((e) => kFieldsBehind[figure].includes(e.what.split('.')[0]));
}

export function cyclesPerMac(costed: { cycles: number; macs: number }): number | null {
  return costed.macs > 0 ? costed.cycles / costed.macs : null;
}

// Distinct stall causes of the entries: issue first, then the costliest.
export function stallCauses(entries: Entry[]): string[] {
  const total = new Map<string, number>();
  for (const { prediction } of entries) {
    for (const [cause, cycles] of Object.entries(prediction.stalls)) {
      const share = prediction.cycles > 0 ? cycles / prediction.cycles : 0;
      total.set(cause, (total.get(cause) ?? 0) + share);
    }
  }
  return [...total.keys()].sort((a, b) => {
    if (a === 'issue' || b === 'issue') return a === 'issue' ? -1 : 1;
    return total.get(b)! - total.get(a)! || a.localeCompare(b);
  });
}
