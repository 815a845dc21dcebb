// What rests on an estimate, and the sources of every target's numbers.
import type { Entry } from './document';
import { h, heading, section } from './dom';
import { plainTable } from './plain_table';
import { errorText } from './published_errors';
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

function estimates(entries: Entry[]): HTMLElement {
  const rows = findings(entries);
  if (rows.length === 0) {
    return h('p', {}, 'No figure in this report rests on an estimate.');
  }
  const table = plainTable(
    'Figures that rest on an estimate',
    ['Figure', 'Why it is an estimate', 'Targets'],
    rows.map(({ what, reason, targets }) => [what, reason, targetList(targets, entries.length)]),
  );
  return h(
    'details',
    {},
    h('summary', {}, h('b', {}, 'Estimates'), ` ${rows.length}, by the figure that they reach`),
    table,
  );
}

// How far predictions of each core and accelerator were from published measurements.
function errors(entries: Entry[]): HTMLElement {
  const lines = [...new Set(entries.map(({ prediction }) => errorText(prediction)))].sort();
  return h(
    'details',
    {},
    h(
      'summary',
      {},
      h('b', {}, 'Errors'),
      ' against published measurements, by core and accelerator',
    ),
    h('ul', {}, ...lines.map((line) => h('li', {}, line))),
  );
}

function sourceList({ label, prediction }: Entry): HTMLElement {
  return h(
    'details',
    {},
    h('summary', {}, h('b', {}, label), ` ${prediction.sources.length} sources`),
    !prediction.accelerator &&
      h(
        'p',
        {},
        `Kernels: ${prediction.kernels}, compiled by ${prediction.compiler}: `,
        h('code', {}, prediction.compiler_flags),
      ),
    h('ul', {}, ...prediction.sources.map((source) => h('li', {}, source))),
  );
}

function sources(sourced: Entry[]): HTMLElement {
  if (sourced.length === 1) return sourceList(sourced[0]);
  return h(
    'details',
    {},
    h('summary', {}, h('b', {}, 'Sources'), ` of the numbers of ${sourced.length} targets`),
    ...sourced.map(sourceList),
  );
}

export function showEvidence(state: State): void {
  const body = h('div');
  section('evidence').replaceChildren(
    heading(
      'evidence',
      'What this rests on',
      'Errors and estimates first; then, for each target, where its numbers come from.',
    ),
    body,
  );
  state.subscribe(({ model }, changed) => {
    if (!changed.has('model')) return;
    const sourced = model.entries.filter(({ prediction }) => prediction.sources.length > 0);
    body.replaceChildren(
      errors(model.entries),
      estimates(model.entries),
      ...(sourced.length > 0 ? [sources(sourced)] : []),
    );
  });
}
