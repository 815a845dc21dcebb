// What rests on an estimate, and the sources of every target's numbers.
import type { Entry } from './document';
import { h, heading, section } from './dom';
import type { State } from './state';

interface Finding {
  what: string;
  reason: string;
  targets: string[];
}

// One line per distinct estimate, with the targets it holds for; figure by figure.
function findings(entries: Entry[]): Finding[] {
  const byText = new Map<string, Finding>();
  for (const { label, prediction } of entries) {
    for (const { what, reason } of prediction.estimates) {
      const key = `${what}\n${reason}`;
      if (!byText.has(key)) byText.set(key, { what, reason, targets: [] });
      byText.get(key)!.targets.push(label);
    }
  }
  return [...byText.values()].sort((a, b) => a.what.localeCompare(b.what));
}

function targetList(targets: string[], of: number): string {
  return targets.length === of && of > 1 ? 'all targets' : targets.join(', ');
}

function estimateTable(entries: Entry[]): HTMLElement {
  const rows = findings(entries);
  if (rows.length === 0) {
    return h('p', {}, 'No figure in this report rests on an estimate.');
  }
  const head = ['Figure', 'Why it is an estimate', 'Targets'];
  return h(
    'div',
    { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': 'Estimates' },
    h(
      'table',
      { class: 'wrapping' },
      h('caption', { class: 'unseen' }, 'Figures that rest on an estimate'),
      h('thead', {}, h('tr', {}, ...head.map((text) => h('th', { scope: 'col' }, text)))),
      h(
        'tbody',
        {},
        ...rows.map(({ what, reason, targets }) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, h('code', {}, what)),
            h('td', {}, reason),
            h('td', {}, targetList(targets, entries.length)),
          ),
        ),
      ),
    ),
  );
}

function sourceList({ label, prediction }: Entry, open: boolean): HTMLElement {
  return h(
    'details',
    { open },
    h('summary', {}, h('b', {}, label), ` ${prediction.sources.length} sources`),
    !prediction.accelerator && h(
      'p',
      {},
      `Kernels: ${prediction.kernels}, compiled by ${prediction.compiler}: `,
      h('code', {}, prediction.compiler_flags),
    ),
    h('ul', {}, ...prediction.sources.map((source) => h('li', {}, source))),
  );
}

export function showEvidence(state: State): void {
  const body = h('div');
  section('evidence').replaceChildren(
    heading(
      'evidence',
      'What this rests on',
      'Estimates first; then, for each target, where its numbers come from.',
    ),
    body,
  );
  state.subscribe(({ model }, changed) => {
    if (!changed.has('model')) return;
    const sourced = model.entries.filter(({ prediction }) => prediction.sources.length > 0);
    body.replaceChildren(
      estimateTable(model.entries),
      sourced.length > 0 ? h('h3', {}, 'Sources') : '',
      ...sourced.map((entry) => sourceList(entry, sourced.length === 1)),
    );
  });
}
