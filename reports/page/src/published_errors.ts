// How far latencies of a core, or of an accelerator, were from published ones: the error of a prediction.
import type { Prediction } from './document';

const kFew = 3; // points: of fewer the worst says little
const kUnchecked = 15; // percent, of what nothing published judges: more than the worst of those judged well

// Of a predicted latency, as a share.
export function latencyMargin({ latency_error: error }: Prediction): number {
  if (!error) return kUnchecked / 100;
  return (
    (error.points >= kFew ? error.worst_percent : Math.max(error.worst_percent, kUnchecked)) / 100
  );
}

const percent = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 1 });

// "cortex-m4 beside 12 published latencies: median 1.6 %, worst 11.1 %".
export function errorText(p: Prediction): string {
  const { latency_error: error } = p;
  if (!error) return `${p.accelerator ? p.target : p.core}: no published latency judges it`;
  const { of, points, median_percent: median, worst_percent: worst } = error;
  if (points === 1) return `${of} beside one published latency: ${percent(worst)} % off`;
  return `${of} beside ${points} published latencies: median ${percent(median)} %, worst ${percent(worst)} %`;
}
