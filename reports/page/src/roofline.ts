// Rates of an accelerator's operators under the roof of its multipliers and of what comes in from outside.
import type { AcceleratorLayer, Layer, Prediction } from './document';

export interface RoofPoint {
  layer: Layer;
  intensity: number; // MACs for each byte
  rate: number; // GMAC/s, over the time that the operator takes with all that is fetched for it
  hidden_ms: number; // of that, fetched while the operator before ran: no part of its latency
}

export function onAccelerator(layer: Layer): AcceleratorLayer {
  return layer.accelerator!;
}

// Bytes that come in from outside, or all that is touched where nothing does.
function movedBytes(p: Prediction, on: AcceleratorLayer): number {
  const outside = p.accelerator!.weight_bytes_per_second > 0;
  return outside ? on.streamed_bytes + on.link_bytes : on.onchip_bytes + on.weight_bytes;
}

// An operator's weights may come in while the one before runs. Its rate is that of both together: what it
// computes in the time that it, or all that it moves from outside, takes, whichever is longer. So none
// exceeds the roof, which is made of the same bytes and the same rate.
export function roofPoints(p: Prediction): RoofPoint[] {
  const supply = p.accelerator!.weight_bytes_per_second;
  return p.layers
    .filter((layer) => layer.macs > 0 && onAccelerator(layer).mapped && layer.latency_ms > 0)
    .map((layer) => {
      const moved = movedBytes(p, onAccelerator(layer));
      const fetch_ms = supply > 0 ? (moved / supply) * 1e3 : 0;
      const busy_ms = Math.max(layer.latency_ms, fetch_ms);
      return {
        layer,
        intensity: layer.macs / Math.max(moved, 1),
        rate: layer.macs / busy_ms / 1e6,
        hidden_ms: busy_ms - layer.latency_ms,
      };
    });
}

export interface Roof {
  peak: number; // GMAC/s
  supply: number; // GB/s, so GMAC/s for a MAC a byte; 0: nothing comes in
  least: number; // intensities that the picture spans
  most: number;
  line: [intensity: number, rate: number][];
}

const decade = (value: number, round: (exponent: number) => number) =>
  10 ** round(Math.log10(value));

export function roofOf(p: Prediction, points: RoofPoint[]): Roof {
  const use = p.accelerator!;
  const peak = use.peak_macs_per_second / 1e9;
  const supply = use.weight_bytes_per_second / 1e9;
  const intensities = points.map(({ intensity }) => intensity);
  const least = decade(Math.min(...intensities), Math.floor);
  const most = decade(Math.max(...intensities, supply > 0 ? peak / supply : 1), Math.ceil);
  const flat: [number, number][] = [
    [Math.max(least, supply > 0 ? peak / supply : least), peak],
    [most, peak],
  ];
  const rises = supply > 0 && peak / supply > least;
  return { peak, supply, least, most, line: rises ? [[least, least * supply], ...flat] : flat };
}

export function roofAt({ peak, supply }: Roof, intensity: number): number {
  return supply > 0 ? Math.min(peak, intensity * supply) : peak;
}
