// Small pieces several sections share: estimate marks, verdict badges, swatches.
import { isDecisive } from './decisions';
import type { Entry, Estimate, Figure, Prediction } from './document';
import { estimatesBehind } from './document';
import { h } from './dom';
import type { Choice } from './state';
import { withTip } from './tip';

const kEstimatesInTip = 4;

function estimateTip(estimates: Estimate[]): HTMLElement {
  return h(
    'div',
    { class: 'facts' },
    h('strong', {}, 'An estimate that could change the answer'),
    ...estimates
      .slice(0, kEstimatesInTip)
      .map((e) => h('p', {}, h('code', {}, e.what), ` ${e.reason}`)),
    estimates.length > kEstimatesInTip &&
      h('p', {}, `and ${estimates.length - kEstimatesInTip} more, listed at the end of the page`),
  );
}

// The number, with a "~" that explains itself where an estimate behind it could change what is
// decided.
export function estimated(entry: Entry, figure: Figure, text: string, choice: Choice): HTMLElement {
  if (!isDecisive(entry, figure, choice)) return h('span', {}, text);
  const mark = withTip(
    h('span', { class: 'estimate', role: 'note', 'aria-label': 'an estimate decides here' }, '~'),
    () => estimateTip(estimatesBehind(entry.prediction, figure)),
  );
  return h('span', {}, mark, text);
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
