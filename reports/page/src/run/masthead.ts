// Head, foot and the figures at a glance; what was printed; what it rests on.
import { card, h, heading, section } from '../dom';
import { showFoot } from '../foot';
import { bytes, duration, megahertz, percent, whole } from '../format';

import { isEstimate, type Run, type RunPage } from './document';

const file = (path: string) => path.slice(path.lastIndexOf('/') + 1);

export function showMasthead({ run, version, schema }: RunPage): void {
  section('masthead').replaceChildren(
    h(
      'div',
      { class: 'brand-row' },
      h('span', { class: 'brand' }, 'boardless'),
      h('span', { class: 'muted' }, 'run without hardware'),
    ),
    h('h1', {}, `${file(run.firmware)} on ${run.target}`),
    h(
      'ul',
      { class: 'summary' },
      h('li', {}, h('b', {}, run.core), ` at ${megahertz(run.clock_hz)}`),
      h('li', {}, h('b', {}, 'Ended: '), run.end.message),
    ),
    run.faults
      ? h(
          'p',
          { class: 'no' },
          `${whole(run.faults.taken)} faults that its handlers took; the first: ${run.faults.first}`,
        )
      : '',
  );
  showFoot(version, schema);
  document.title = `${file(run.firmware)} on ${run.target} · boardless run`;
}

export function showPicks(run: Run): void {
  const mark = (what: string) =>
    isEstimate(run, what)
      ? h('span', { class: 'estimate', title: 'rests on an estimate' }, '~')
      : '';
  const cycles = mark('cycles');
  const time = isEstimate(run, 'cycles') ? mark('cycles') : mark('simulated_ms');
  const { memory } = run;
  const cards = [
    card('Time', h('span', {}, time, duration(run.simulated_ms)), `at ${megahertz(run.clock_hz)}`),
    card(
      'Cycles',
      h('span', {}, cycles, whole(run.cycles)),
      `${whole(run.instructions)} instructions`,
      run.asleep_cycles > 0 ? `${percent(run.asleep_cycles, run.cycles)} asleep` : '',
    ),
    card('Exceptions', whole(run.exceptions), 'taken'),
    card('Flash', bytes(memory.flash_bytes)),
    card(
      'RAM',
      bytes(memory.ram_bytes),
      `stack ${bytes(memory.stack_bytes)}` +
        (memory.heap_bytes === undefined ? '' : `, heap ${bytes(memory.heap_bytes)}`),
    ),
  ];
  section('picks').replaceChildren(h('div', { class: 'cards' }, ...cards));
}

export function showPrinted(run: Run): void {
  const parts: [string, string][] = [
    ['Serial ports', run.serial_output],
    ['Semihosting', run.semihosting_output],
    ['At its end', run.end.report ?? ''],
  ];
  const there = parts.filter(([, text]) => text !== '');
  if (there.length === 0) return;
  const kMost = 20000;
  section('printed').replaceChildren(
    heading('printed', 'What it printed', ''),
    ...there.flatMap(([title, text]) => [
      h('h3', {}, title),
      h(
        'pre',
        { class: 'printed', tabindex: '0', role: 'region', 'aria-label': title },
        text.length > kMost
          ? `${text.slice(0, kMost)}\n… ${whole(text.length - kMost)} more characters`
          : text,
      ),
    ]),
  );
}

export function showEvidence(run: Run): void {
  const lists: [string, string[]][] = [
    ['Estimates', run.estimates.map(({ what, reason }) => `${what}: ${reason}`)],
    ['Sources', run.sources],
    ['Not shown in the profile', run.profile.remarks],
  ];
  section('evidence').replaceChildren(
    heading('evidence', 'What this rests on', 'Every number that took part, and its source.'),
    ...lists
      .filter(([, lines]) => lines.length > 0)
      .map(([title, lines]) =>
        h(
          'details',
          {},
          h('summary', {}, h('b', {}, title), ` (${lines.length})`),
          h('ul', {}, ...lines.map((line) => h('li', {}, line))),
        ),
      ),
  );
}
