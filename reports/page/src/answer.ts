// The answer in words: which microcontroller and which accelerator to take, why, and what comes next.
import { figureOf, type Kind, kObjectives, kindOf, nearest, type Objective } from './choice';
import type { Entry, Prediction } from './document';
import { h } from './dom';
import { dollars, duration, energy, percent } from './format';
import { errorText, latencyMargin } from './published_errors';
import { isAskedFor, type Requirements } from './requirements';
import type { Choice } from './state';

const kTexts: Record<Objective, (value: number) => string> = {
  latency: duration,
  energy,
  price: dollars,
};

// "7 % slower", "$3.00 dearer".
function difference(objective: Objective, best: Entry, next: Entry): string {
  const [a, b] = [figureOf(best, objective), figureOf(next, objective)];
  if (a === null || b === null || a <= 0) return '';
  const less = { latency: 'faster', energy: 'less energy', price: 'cheaper' }[objective];
  const more = { latency: 'slower', energy: 'more energy', price: 'dearer' }[objective];
  if (a === b) return { latency: 'as fast', energy: 'as much energy', price: 'as dear' }[objective];
  const word = b > a ? more : less;
  if (objective === 'price') return `${dollars(Math.abs(b - a))} ${word}`;
  return b > 2 * a
    ? `${(b / a).toLocaleString('en-US', { maximumSignificantDigits: 3 })} times ${objective === 'latency' ? 'as long' : 'the energy'}`
    : `${percent(Math.abs(b - a), a)} ${word}`;
}

function figures(p: Prediction, objective: Objective): string {
  const order: Objective[] = [objective, 'latency', 'energy', 'price'];
  const known = [...new Set(order)].flatMap((each) => {
    const value = { latency: p.latency_ms, energy: p.energy_uj, price: p.price_usd }[each];
    return value === null ? [] : [kTexts[each](value)];
  });
  return known.join(', ');
}

function runnerUp(best: Entry, next: Entry, choice: Choice): string {
  const { objective, contested } = choice;
  const others: Objective[] = (['latency', 'energy', 'price'] as Objective[]).filter(
    (each) => each !== objective,
  );
  const parts = [objective, ...others]
    .map((each) => difference(each, best, next))
    .filter((text) => text !== '');
  const isChecked = [best, next].every(({ prediction }) => prediction.latency_error !== undefined);
  const within = isChecked ? 'what predictions err by' : 'what is assumed where nothing published judges them';
  const close =
    objective === 'latency' && contested.has(best.id) && contested.has(next.id)
      ? ` That is within ${within} (up to ${percent(latencyMargin(next.prediction), 1)}): on latency alone either will do.`
      : '';
  return `${parts.join(', ')}.${close}`;
}

// "27 microcontrollers that can be bought and meet everything".
function group(
  kind: Kind,
  count: number,
  { kinds }: Requirements,
): { noun: string; meeting: string } {
  const noun = count === 1 ? kind : `${kind}s`;
  const verb = count === 1 ? 'meets' : 'meet';
  const areParts = kinds.size === 1 && kinds.has('part');
  return {
    noun: areParts ? `${noun} that can be bought` : noun,
    meeting: areParts
      ? `${noun} that can be bought and ${verb} everything`
      : `${noun} that ${verb} everything`,
  };
}

type Look = (entry: Entry) => HTMLElement;

function noAnswer(kind: Kind, choice: Choice, look: Look): HTMLElement | null {
  const { model, requirements, objective } = choice;
  const near = nearest(model.entries, requirements, kind);
  if (!near) return null;
  const { noun, meeting } = group(kind, 1, requirements);
  if (near.misses.length === 0) {
    return h('p', { class: 'answer' }, `Of no ${meeting} is the ${objective} known.`);
  }
  return h(
    'p',
    { class: 'answer no-answer' },
    h('b', {}, `No ${noun} meets everything.`),
    ' Nearest is ',
    look(near.entry),
    `, which misses: ${near.misses.join('; ')}.`,
  );
}

function sentence(kind: Kind, choice: Choice, look: Look): HTMLElement | null {
  const { model, requirements, objective, ranking } = choice;
  const [best, next] = ranking[kind];
  if (!best) return noAnswer(kind, choice, look);
  const asked = model.entries.filter(
    (entry) => kindOf(entry) === kind && isAskedFor(entry, requirements),
  ).length;
  const count = ranking[kind].length;
  const { best: superlative } = kObjectives[objective];
  const why =
    asked === 1
      ? `It is the only ${group(kind, 1, requirements).noun} here.`
      : count === 1
        ? `Of ${asked} it is the only ${group(kind, 1, requirements).meeting}.`
        : `It is ${superlative} of the ${count} ${group(kind, count, requirements).meeting}${count < asked ? `, of ${asked}` : ''}.`;
  return h(
    'p',
    { class: 'answer' },
    h(
      'span',
      { class: 'answer-head' },
      'Take ',
      look(best),
      ': ',
      h('b', {}, figures(best.prediction, objective)),
      '. ',
    ),
    why,
    next ? h('span', {}, ' Next is ', look(next), `: ${runnerUp(best, next, choice)}`) : null,
    h('small', { class: 'error-bar muted' }, errorText(best.prediction)),
  );
}

// A sentence for each kind that is asked about; `look` shows a target's name that can be clicked.
export function answers(choice: Choice, look: Look): HTMLElement[] {
  return (['microcontroller', 'accelerator'] as Kind[]).flatMap(
    (kind) => sentence(kind, choice, look) ?? [],
  );
}
