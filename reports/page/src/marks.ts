// Small pieces several sections share: estimate marks, verdict badges, swatches.
import type { Entry, Estimate, Figure, Prediction } from './document';
import { estimatesBehind } from './document';
import { h } from './dom';
import { withTip } from './tip';

const kEstimatesInTip = 4;

function estimateTip(estimates: Estimate[]): HTMLElement {
  return h(
    'div',
    { class: 'facts' },
    h('strong', {}, 'Rests on an estimate'),
    ...estimates
      .slice(0, kEstimatesInTip)
      .map((e) => h('p', {}, h('code', {}, e.what), ` ${e.reason}`)),
    estimates.length > kEstimatesInTip &&
      h('p', {}, `and ${estimates.length - kEstimatesInTip} more, listed at the end of the page`),
  );
}

// The number, with a "~" that explains itself where it rests on an estimate.
export function estimated(prediction: Prediction, figure: Figure, text: string): HTMLElement {
  const estimates = estimatesBehind(prediction, figure);
  if (estimates.length === 0) return h('span', {}, text);
  const mark = withTip(
    h('span', { class: 'estimate', role: 'note', 'aria-label': 'rests on an estimate' }, '~'),
    () => estimateTip(estimates),
  );
  return h('span', {}, mark, text);
}

// The same as text alone, for places that explain nothing.
export function marked(prediction: Prediction, figure: Figure, text: string): string {
  return estimatesBehind(prediction, figure).length > 0 ? `~${text}` : text;
}

export function fitsBadge(prediction: Prediction): HTMLElement {
  return prediction.fits
    ? h('span', { class: 'badge good' }, 'fits')
    : h('span', { class: 'badge bad' }, 'does not fit');
}

export function swatch(colour: string): HTMLElement {
  return h('i', { class: 'swatch', style: `background:${colour}`, 'aria-hidden': 'true' });
}

export function describe(entry: Entry): string {
  const { target_description: description, target } = entry.prediction;
  return description === '' || description === target ? '' : description;
}
