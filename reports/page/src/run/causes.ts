// Where the cycles went, by cause: a bar, and a table of what each cause means.
import { h, heading, section } from '../dom';
import { causeMeaning, causeName, percent, whole } from '../format';
import { causeColours } from '../palette';
import { plainTable } from '../plain_table';

import type { Causes, Run } from './document';

export function byCycles(causes: Causes): [string, number][] {
  return Object.entries(causes)
    .filter(([, cycles]) => cycles > 0)
    .sort((a, b) => b[1] - a[1]);
}

export function causeBar(causes: Causes, colours: Map<string, string>): HTMLElement {
  const parts = byCycles(causes);
  const sum = parts.reduce((all, [, cycles]) => all + cycles, 0);
  return h(
    'div',
    { class: 'stack-bar', role: 'img', 'aria-label': `Cycles: ${inWords(causes)}` },
    ...parts.map(([cause, cycles]) =>
      h('i', {
        style: `width: ${(100 * cycles) / Math.max(sum, 1)}%; background: ${colours.get(cause) ?? 'var(--line-strong)'}`,
        title: `${causeName(cause)} ${percent(cycles, sum)}`,
      }),
    ),
  );
}

// "flash fetch 12 %, load 3 %": what cost most beside issuing.
export function inWords(causes: Causes, most = 3): string {
  const all = byCycles(causes);
  const sum = all.reduce((total, [, cycles]) => total + cycles, 0);
  return all
    .filter(([cause]) => cause !== 'issue')
    .slice(0, most)
    .map(([cause, cycles]) => `${causeName(cause)} ${percent(cycles, sum)}`)
    .join(', ');
}

export function coloursOf(run: Run): Map<string, string> {
  const causes = byCycles(run.stalls).map(([cause]) => cause);
  return causeColours([...causes, 'pause']);
}

export function showCauses(run: Run): void {
  const rows = byCycles(run.stalls);
  if (rows.length === 0) return;
  section('causes-part').replaceChildren(
    heading(
      'causes-part',
      'Where the cycles went',
      `${whole(run.cycles)} cycles for ${whole(run.instructions)} instructions: ${(run.cycles / Math.max(run.instructions, 1)).toFixed(2)} an instruction.`,
    ),
    causeBar(run.stalls, coloursOf(run)),
    plainTable(
      'Cycles by cause',
      ['cause', 'cycles', 'share', 'meaning'],
      rows.map(([cause, cycles]) => [
        causeName(cause),
        whole(cycles),
        percent(cycles, run.cycles),
        causeMeaning(cause),
      ]),
    ),
  );
}
