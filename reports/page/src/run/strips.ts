// Rows of labelled boxes over one axis: what flame graphs and time lines are drawn of.
import { svg } from '../dom';
import { facts, hideTip, showTip } from '../tip';

import { frameColour } from './frame_colour';

export interface Strip {
  name: string;
  row: number; // from 0, at the top
  begin: number; // of the axis
  end: number;
  tip: () => [title: string, rows: [string, string][]];
  choose?: () => void;
  faded?: boolean;
}

const kRow = 19;
const kLetter = 6.6; // pixels of a letter of the labels, about
const kNarrowest = 0.6; // pixels of a box that is drawn

// The part of the axis from `begin` to `end` over the width.
export function drawStrips(
  strips: Strip[],
  width: number,
  [begin, end]: [number, number],
  label: string,
): SVGSVGElement {
  const scale = width / Math.max(end - begin, 1e-9);
  const drawn = strips
    .map((strip) => ({
      strip,
      x: Math.max((strip.begin - begin) * scale, 0),
      right: Math.min((strip.end - begin) * scale, width),
    }))
    .filter(({ x, right }) => right - x >= kNarrowest);
  const rows = drawn.reduce((most, { strip }) => Math.max(most, strip.row + 1), 1);
  return svg(
    'svg',
    { class: 'strips', width, height: rows * kRow, role: 'img', 'aria-label': label },
    ...drawn.map(({ strip, x, right }) => box(strip, x, right - x)),
  );
}

function box(strip: Strip, x: number, width: number): SVGGElement {
  const letters = Math.floor((width - 6) / kLetter);
  const text =
    strip.name.length <= letters ? strip.name : `${strip.name.slice(0, Math.max(letters - 1, 0))}…`;
  const group = svg(
    'g',
    {
      class: ['strip', strip.choose && 'chosen-by-click', strip.faded && 'faded']
        .filter(Boolean)
        .join(' '),
      style: `--colour: ${frameColour(strip.name)}`,
      transform: `translate(${x.toFixed(2)} ${strip.row * kRow})`,
    },
    svg('rect', { width: Math.max(width - 0.5, 0.4), height: kRow - 2, rx: 2 }),
    letters >= 3 && svg('text', { x: 4, y: kRow - 6 }, text),
  );
  const tip = (event: Event) => {
    const { clientX, clientY } = event as PointerEvent;
    showTip(facts(...strip.tip()), clientX, clientY);
  };
  group.addEventListener('pointermove', tip);
  group.addEventListener('pointerleave', hideTip);
  if (strip.choose) group.addEventListener('click', strip.choose);
  return group;
}

// Draws again whenever the width of `holder` changes.
export function fitted(holder: HTMLElement, draw: (width: number) => Element): () => void {
  let width = 0;
  const redraw = () => {
    width = holder.clientWidth;
    if (width > 0) holder.replaceChildren(draw(width));
  };
  new ResizeObserver(() => {
    if (holder.clientWidth !== width) redraw();
  }).observe(holder);
  return redraw;
}
