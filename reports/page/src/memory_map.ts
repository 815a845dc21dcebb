// The arena over time: each tensor as a rectangle of addresses over the operators it lives through.
import type { ArenaBlock, Entry } from './document';
import { h, heading, section, svg } from './dom';
import { downloads } from './downloads';
import { bytes } from './format';
import { category } from './palette';
import type { State } from './state';
import { facts, hideTip, showTip } from './tip';

const kHeight = 380;
const kMargin = {
  left: 70,
  right: 16,
  top: 26,
  bottom: 44,
};
const kCapacityInView = 1.6; // capacities up to this many arenas are drawn, greater ones are named

function tip(block: ArenaBlock, entry: Entry): HTMLElement {
  const { layers } = entry.prediction;
  const at = (op: number) => `${op}${layers[op] ? ` ${layers[op].op}` : ''}`;
  return facts(block.name || '(unnamed)', [
    ['size', bytes(block.bytes)],
    ['address', `${block.offset} to ${block.offset + block.bytes}`],
    [
      'lives',
      block.first_op === block.last_op
        ? `in ${at(block.first_op)}`
        : `${at(block.first_op)} to ${at(block.last_op)}`,
    ],
    ['kind', block.scratch ? 'scratch of the kernel' : 'tensor'],
  ]);
}

// A step of 1, 2, 4 or 8 of some power of 16, in bytes, that gives about `count` ticks.
function tickStep(range: number, count: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(range / count, 1)));
}

interface Scale {
  x: (op: number) => number;
  y: (address: number) => number;
  right: number;
  bottom: number;
}

function axes(scale: Scale, operators: number, top: number): SVGElement[] {
  const result: SVGElement[] = [];
  const step = tickStep(top, 6);
  for (let address = 0; address <= top; address += step) {
    const y = scale.y(address);
    result.push(
      svg('line', { class: 'grid', x1: kMargin.left, x2: scale.right, y1: y, y2: y }),
      svg(
        'text',
        { class: 'tick', x: kMargin.left - 8, y: y + 4, 'text-anchor': 'end' },
        bytes(address),
      ),
    );
  }
  const every = Math.max(1, Math.ceil((operators * 26) / (scale.right - kMargin.left)));
  for (let op = 0; op < operators; op += every) {
    const x = (scale.x(op) + scale.x(op + 1)) / 2;
    result.push(
      svg('text', { class: 'tick', x, y: scale.bottom + 18, 'text-anchor': 'middle' }, String(op)),
    );
  }
  const middle = (kMargin.left + scale.right) / 2;
  result.push(
    svg(
      'text',
      { class: 'tick', x: middle, y: scale.bottom + 37, 'text-anchor': 'middle' },
      'operator, in execution order',
    ),
  );
  return result;
}

function rectangle(block: ArenaBlock, i: number, scale: Scale, entry: Entry): SVGElement {
  const x = scale.x(block.first_op) + 0.75;
  const width = Math.max(scale.x(block.last_op + 1) - x - 0.75, 1);
  const y = scale.y(block.offset + block.bytes);
  const height = Math.max(scale.y(block.offset) - y, 1);
  const group = svg(
    'g',
    { class: `block${block.scratch ? ' scratch' : ''}`, style: `--colour:${category(i)}` },
    svg('rect', { x, y, width, height, rx: Math.min(3, height / 3) }),
    block.scratch && svg('rect', { class: 'hatch', x, y, width, height, fill: 'url(#hatch)' }),
  );
  const room = Math.floor((width - 10) / 6.6);
  if (height >= 16 && room >= 5) {
    const size = bytes(block.bytes);
    const name = block.name.split('/').pop() ?? '';
    const both = `${name} · ${size}`;
    const text = both.length <= room ? both : size.length <= room ? size : '';
    group.append(svg('text', { x: x + 5, y: y + Math.min(height / 2, 20) + 4 }, text));
  }
  group.addEventListener('pointermove', (event) =>
    showTip(tip(block, entry), event.clientX, event.clientY),
  );
  group.addEventListener('pointerleave', hideTip);
  return group;
}

// Arrow keys walk the blocks; the tooltip follows.
function walkByKeys(
  map: SVGSVGElement,
  blocks: ArenaBlock[],
  groups: SVGElement[],
  entry: Entry,
): void {
  let at = -1;
  const leave = () => {
    groups[at]?.classList.remove('active');
    hideTip();
  };
  map.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    leave();
    at = (at + step + blocks.length + (at < 0 && step < 0 ? 1 : 0)) % blocks.length;
    groups[at].classList.add('active');
    const box = groups[at].getBoundingClientRect();
    showTip(tip(blocks[at], entry), box.left, box.top);
  });
  map.addEventListener('blur', leave);
}

function draw(entry: Entry, width: number): SVGSVGElement {
  const { arena: blocks, sram, layers } = entry.prediction;
  const room = Math.max(
    sram.capacity_bytes - sram.stack_bytes - sram.static_bytes - (sram.persistent_bytes ?? 0),
    0,
  );
  const peak = Math.max(sram.arena_bytes, ...blocks.map((block) => block.offset + block.bytes), 1);
  const inView = room <= peak * kCapacityInView;
  const top = (inView ? Math.max(room, peak) : peak) * 1.06;
  const operators = Math.max(layers.length, ...blocks.map((block) => block.last_op + 1), 1);
  const right = width - kMargin.right;
  const bottom = kHeight - kMargin.bottom;
  const scale: Scale = {
    x: (op) => kMargin.left + ((right - kMargin.left) * op) / operators,
    y: (address) => bottom - ((bottom - kMargin.top) * address) / top,
    right,
    bottom,
  };
  const groups = blocks.map((block, i) => rectangle(block, i, scale, entry));
  const limit = `${bytes(room)} of SRAM left for the arena`;
  const limitY = inView ? scale.y(room) : kMargin.top;
  const map = svg(
    'svg',
    {
      class: 'memory-map',
      width,
      height: kHeight,
      viewBox: `0 0 ${width} ${kHeight}`,
      role: 'img',
      tabindex: 0,
      'aria-label': `Arena of ${bytes(sram.arena_bytes)} over ${operators} operators, ${
        blocks.length
      } blocks, ${limit}. Arrow keys walk the blocks.`,
    },
    svg(
      'defs',
      {},
      svg(
        'pattern',
        {
          id: 'hatch',
          width: 6,
          height: 6,
          patternUnits: 'userSpaceOnUse',
          patternTransform: 'rotate(45)',
        },
        svg('line', { x1: 0, y1: 0, x2: 0, y2: 6 }),
      ),
    ),
    ...axes(scale, operators, top),
    ...groups,
    inView &&
      svg('line', { class: 'capacity', x1: kMargin.left, x2: right, y1: limitY, y2: limitY }),
    svg(
      'text',
      {
        class: inView ? 'capacity-label' : 'tick',
        x: right,
        y: limitY - 7,
        'text-anchor': 'end',
      },
      inView ? limit : `↑ ${limit}, above this scale`,
    ),
  );
  walkByKeys(map, blocks, groups, entry);
  return map;
}

function arenaRows({ prediction }: Entry): (string | number | boolean)[][] {
  return [
    ['name', 'offset', 'bytes', 'first_op', 'last_op', 'scratch'],
    ...prediction.arena.map((b) => [b.name, b.offset, b.bytes, b.first_op, b.last_op, b.scratch]),
  ];
}

export function showMemoryMap(state: State): void {
  const canvas = h('div', { class: 'chart', id: 'memory-map' });
  const lead = h('span');
  section('memory').replaceChildren(
    heading(
      'memory',
      'The arena over time',
      lead,
      downloads({ name: 'arena', rows: () => arenaRows(state.current.focus) }),
    ),
    canvas,
  );
  let width = 0;
  function render(): void {
    const { focus } = state.current;
    const { sram, arena } = focus.prediction;
    const peak = Math.max(...arena.map((block) => block.bytes), 0);
    lead.textContent =
      arena.length === 0
        ? `${focus.label}: no arena plan in this result.`
        : `${focus.label}: ${bytes(sram.arena_bytes)} hold ${arena.length} buffers, the largest ${bytes(
            peak,
          )}. ` +
          'Height is address, width the operators a buffer lives through; scratch is hatched.';
    hideTip();
    if (width > 0) canvas.replaceChildren(...(arena.length > 0 ? [draw(focus, width)] : []));
  }
  new ResizeObserver(() => {
    if (canvas.clientWidth === width) return;
    width = canvas.clientWidth;
    render();
  }).observe(canvas);
  state.subscribe((_, changed) => {
    if (changed.has('model') || changed.has('focus')) render();
  });
}
