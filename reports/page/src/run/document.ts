// What the page of a run carries: the run's document (docs/run.schema.json), and beside it what
// pictures need.
import { unpacked } from '../payload';

export type Causes = Record<string, number>;

export interface FunctionRow {
  name: string;
  self_cycles: number;
  total_cycles: number;
  calls: number;
  causes: Causes;
}

export interface Instruction {
  address: number;
  text: string;
  issue_cycle: number;
  cycles: number;
  causes: Causes;
}

export interface HotBlock {
  address: number;
  function: string;
  executions: number;
  cycles: number;
  memory_causes: Causes;
  instructions: Instruction[];
}

export interface Region {
  name: string;
  passes: number;
  min_cycles?: number;
  median_cycles?: number;
  max_cycles?: number;
  total_cycles?: number;
  histogram?: { min_cycles: number; max_cycles: number; passes: number }[];
  is_open: boolean;
}

export interface Memory {
  flash_bytes: number;
  ram_bytes: number;
  stack_bytes: number;
  heap_bytes?: number;
  sections: { name: string; kind: string; bytes: number; in_flash: boolean; in_ram: boolean }[];
  symbols: { name: string; kind: string; section: string; bytes: number }[];
  memories: { name: string; used_bytes: number; capacity_bytes: number }[];
}

export interface Run {
  firmware: string;
  target: string;
  core: string;
  clock_hz: number;
  end: { reason: string; message: string; exit_status?: number; report?: string };
  faults?: { taken: number; first: string };
  cycles: number;
  instructions: number;
  simulated_ms: number;
  exceptions: number;
  asleep_cycles: number;
  stalls: Causes;
  memory: Memory;
  serial_output: string;
  semihosting_output: string;
  estimates: { what: string; reason: string }[];
  sources: string[];
  regions?: Region[];
  profile: {
    functions: FunctionRow[];
    lines: { file: string; line: number; cycles: number }[];
    hot_blocks: HotBlock[];
    remarks: string[];
  };
}

// A call path: its caller's place, its function's place, and its own cycles.
export type Path = [parent: number, name: number, self: number];

export interface RunPage {
  schema: string;
  version: string;
  run: Run;
  functions: string[];
  paths: Path[];
  samples: { step_cycles: number; paths: number[] };
  memory: { step_cycles: number; stack_bytes: number[]; heap_bytes: number[] };
}

export async function readRun(): Promise<RunPage> {
  const page = await unpacked<RunPage>('document');
  if (!page) throw new Error('it holds no run');
  return page;
}

export const isEstimate = (run: Run, what: string): boolean =>
  run.estimates.some((each) => each.what === what);
