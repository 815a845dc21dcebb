// The flame graph: widths are cycles, callers above what they call; a click makes a frame the whole.
import { plainButton } from '../controls';
import { h, heading, section } from '../dom';
import { percent, whole } from '../format';

import type { RunPage } from './document';
import { flameTree, type Frame, stackOf } from './flame_tree';
import { drawStrips, fitted, type Strip } from './strips';

export function showFlame(page: RunPage): void {
  const tree = flameTree(page);
  const holder = h('div', { class: 'strip-holder' });
  const crumbs = h('p', { class: 'crumbs', role: 'status' });
  let root: Frame | null = null;
  let wanted = '';

  const matches = (frame: Frame) => wanted !== '' && frame.name.toLowerCase().includes(wanted);
  const zoom = (frame: Frame | null) => {
    root = frame;
    redraw();
  };

  function strip(frame: Frame): Strip {
    return {
      name: frame.name,
      row: frame.depth,
      begin: frame.begin,
      end: frame.begin + frame.total,
      tip: () => [
        frame.name,
        [
          ['with its calls', `${whole(frame.total)} cycles`],
          ['of the run', percent(frame.total, page.run.cycles)],
          ['itself', `${whole(frame.self)} cycles`],
        ],
      ],
      choose: () => zoom(frame === root ? null : frame),
      faded: wanted !== '' && !matches(frame),
    };
  }

  // The cycles of frames that match, each once.
  function found(): number {
    const inside = (frame: Frame): number =>
      matches(frame) ? frame.total : frame.children.reduce((sum, each) => sum + inside(each), 0);
    return tree.roots.reduce((sum, each) => sum + inside(each), 0);
  }

  function describe(): void {
    const path = stackOf(root);
    crumbs.replaceChildren(
      plainButton('all', () => zoom(null)),
      ...path.flatMap((frame) => [' › ', plainButton(frame.name, () => zoom(frame))]),
      wanted === '' ? '' : ` — ${percent(found(), tree.total)} of the cycles in functions named so`,
    );
  }

  const redraw = fitted(holder, (width) => {
    describe();
    const whole_run: [number, number] = [0, tree.total];
    const span: [number, number] = root ? [root.begin, root.begin + root.total] : whole_run;
    const within = (frame: Frame) => frame.begin < span[1] && frame.begin + frame.total > span[0];
    return drawStrips(
      tree.frames.filter(within).map(strip),
      width,
      span,
      `Flame graph of ${page.run.firmware}`,
    );
  });

  const search = h('input', {
    type: 'search',
    placeholder: 'Find a function',
    'aria-label': 'Find a function in the flame graph',
    oninput: () => {
      wanted = search.value.trim().toLowerCase();
      redraw();
    },
  });
  section('flame').replaceChildren(
    heading(
      'flame',
      'Flame graph',
      'Widths are cycles; below a function lies what it called. A click makes it the whole width.',
      search,
    ),
    crumbs,
    holder,
  );
  redraw();
}
