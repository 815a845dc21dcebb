// What could not be answered: model, targets and the reason, a line for all targets that share one.
import type { ResultDocument, Unanswered } from './document';
import { h, heading, section } from './dom';

const kWords: Record<string, string> = {
  not_modelled: 'not modelled',
  not_possible: 'not possible',
  does_not_fit: 'does not fit',
  bad_input: 'bad input',
  guest_fault: 'the simulated program faulted',
  interrupted: 'not reached',
};

interface Line {
  models: string[];
  targets: string[];
  text: string;
}

// A line for all targets of a model that share a reason, and one for all models that share that.
function lines(unanswered: Unanswered[]): Line[] {
  const ofModel = new Map<string, { model: string; targets: string[]; text: string }>();
  for (const { model, model_sha256, target, kind, reason } of unanswered) {
    const text = `${kWords[kind] ?? kind}: ${reason}`;
    const key = [model, model_sha256, text].join('\n');
    const line = ofModel.get(key) ?? { model, targets: [], text };
    line.targets.push(target);
    ofModel.set(key, line);
  }
  const shared = new Map<string, Line>();
  for (const { model, targets, text } of ofModel.values()) {
    const key = [text, ...targets].join('\n');
    const line = shared.get(key) ?? { models: [], targets, text };
    line.models.push(model);
    shared.set(key, line);
  }
  return [...shared.values()];
}

// Names in a line of text; many of them behind a count.
function names(all: string[], noun: string): HTMLElement {
  const text = all.join(', ');
  if (all.length <= 6) return h('span', {}, text);
  return h('details', {}, h('summary', {}, `${all.length} ${noun}`), text);
}

function item({ models, targets, text }: Line): HTMLElement {
  return h(
    'li',
    {},
    h('b', {}, names(models, 'models')),
    h('div', { class: 'where' }, names(targets, 'targets')),
    h('span', {}, text),
  );
}

export function showUnanswered(result: ResultDocument): void {
  if (result.unanswered.length === 0) return;
  section('unanswered').replaceChildren(
    heading(
      'unanswered',
      'Not answered',
      'Models and targets without figures, of all models of this report, and why.',
    ),
    h('div', { class: 'refusals' }, h('ul', {}, ...lines(result.unanswered).map(item))),
  );
}
