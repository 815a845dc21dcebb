// Changes as text and as bars to both sides of nothing.
import { h } from '../dom';
import { bytes, causeName, duration, energy, figure, whole } from '../format';

import { type Change, relative } from './document';

export function figureText(field: string, value: number): string {
  if (field === 'latency_ms') return duration(value);
  if (field === 'energy_uj') return energy(value);
  return field.endsWith('_bytes') ? bytes(value) : whole(value);
}

export function changeText(field: string, change: Change | undefined): string {
  if (!change) return '–';
  if (change.before === change.after) return '0';
  const percent = relative(change);
  const sign = change.after > change.before ? '+' : '−';
  if (percent === null)
    return `${sign}${figureText(field, Math.abs(change.after - change.before))}`;
  const size = Math.abs(percent);
  return size < 0.01 ? `${sign}<0.01 %` : `${sign}${figure(size, size < 1 ? 2 : 3)} %`;
}

// Of a change: more is a cost.
export function changeCell(field: string, change: Change | undefined): HTMLElement {
  const differs = change !== undefined && change.before !== change.after;
  const kind = !differs ? 'muted' : change.after > change.before ? 'no' : 'yes';
  const title = change
    ? `${figureText(field, change.before)} before, ${figureText(field, change.after)} now`
    : null;
  return h('span', { class: kind, title }, changeText(field, change));
}

// To the right of the middle more, to the left less; `most` fills a side.
export function changeBar(amount: number, most: number): HTMLElement {
  const share = most > 0 ? (50 * Math.abs(amount)) / most : 0;
  return h(
    'div',
    { class: 'change-bar', 'aria-hidden': 'true' },
    h('i', {
      class: amount > 0 ? 'more' : 'less',
      style: `width: ${share}%; ${amount > 0 ? 'left: 50%' : `left: ${50 - share}%`}`,
    }),
  );
}

// "flash data +120,000, issuing instructions +3,000".
export function causesText(causes: Record<string, number>, most = 3): string {
  return Object.entries(causes)
    .sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]))
    .slice(0, most)
    .map(
      ([cause, cycles]) =>
        `${causeName(cause)} ${cycles > 0 ? '+' : '−'}${whole(Math.abs(cycles))}`,
    )
    .join(', ');
}
