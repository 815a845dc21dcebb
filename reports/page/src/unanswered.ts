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

function groups(unanswered: Unanswered[]): Unanswered[][] {
  const found = new Map<string, Unanswered[]>();
  for (const each of unanswered) {
    const key = [each.model, each.model_sha256, each.kind, each.reason].join('\n');
    found.set(key, [...(found.get(key) ?? []), each]);
  }
  return [...found.values()];
}

function line(group: Unanswered[]): HTMLElement {
  const { model, kind, reason } = group[0];
  const names = group.map(({ target }) => target);
  return h(
    'li',
    {},
    h('b', {}, model),
    h('span', { class: 'where' }, names.length > 6 ? h('details', {}, h('summary', {}, `${names.length} targets`), names.join(', ')) : names.join(', ')),
    h('span', {}, `${kWords[kind] ?? kind}: ${reason}`),
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
    h('div', { class: 'refusals' }, h('ul', {}, ...groups(result.unanswered).map(line))),
  );
}
