// What ran when: the call path at the beginning of each step of the run, like with like.
import { h, heading, section } from '../dom';
import { duration } from '../format';

import type { RunPage } from './document';
import { flameTree, stackOf } from './flame_tree';
import { drawStrips, fitted, type Strip } from './strips';

export function timelineStrips(page: RunPage): Strip[] {
  const { step_cycles: step, paths } = page.samples;
  const { byPath } = flameTree(page);
  const ms = (cycles: number) => (cycles * 1e3) / page.run.clock_hz;
  const strips: Strip[] = [];
  const open: Strip[] = []; // by row
  paths.forEach((path, i) => {
    const isLast = i + 1 === paths.length; // until the run's end nothing else began
    const end = isLast ? page.run.cycles : Math.min((i + 1) * step, page.run.cycles);
    const stack = stackOf(byPath.get(path) ?? null);
    const same = stack.findIndex((frame, row) => open[row]?.name !== frame.name);
    open.length = same < 0 ? Math.min(stack.length, open.length) : same;
    for (const strip of open) strip.end = end;
    for (const frame of stack.slice(open.length)) {
      const strip: Strip = {
        name: frame.name,
        row: open.length,
        begin: i * step,
        end,
        tip: () => [
          frame.name,
          [
            ['from', duration(ms(strip.begin))],
            ['to', duration(ms(strip.end))],
            ['for', duration(ms(strip.end - strip.begin))],
          ],
        ],
      };
      open.push(strip);
      strips.push(strip);
    }
  });
  return strips;
}

export function showTimeline(page: RunPage): void {
  const place = section('timeline');
  if (page.samples.paths.length < 2) return;
  const strips = timelineStrips(page);
  const holder = h('div', { class: 'strip-holder' });
  const steps = page.samples.paths.length;
  const ends = h(
    'p',
    { class: 'strip-ends muted' },
    h('span', {}, '0'),
    h('span', {}, duration(page.run.simulated_ms)),
  );
  place.replaceChildren(
    heading(
      'timeline',
      'Over time',
      `What ran when, looked at ${steps} times: ${duration(page.run.simulated_ms / steps)} apart. Shorter calls may be missed.`,
    ),
    holder,
    ends,
  );
  fitted(holder, (width) =>
    drawStrips(strips, width, [0, page.run.cycles], `What ${page.run.firmware} ran over time`),
  )();
}
