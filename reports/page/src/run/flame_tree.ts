// Call paths as a tree with widths: where each frame begins, and how deep it lies.
import type { RunPage } from './document';

export interface Frame {
  path: number; // its place among the page's paths
  name: string;
  depth: number; // from 0
  begin: number; // cycles, beside its neighbours
  total: number; // cycles, with all it called
  self: number;
  parent: Frame | null;
  children: Frame[];
}

export interface FlameTree {
  roots: Frame[];
  frames: Frame[]; // a parent before its children
  byPath: Map<number, Frame>;
  depth: number; // frames on the longest path
  total: number;
}

function place(frames: Frame[], begin: number): void {
  let at = begin;
  for (const frame of frames.sort((a, b) => b.total - a.total)) {
    frame.begin = at;
    place(frame.children, at);
    at += frame.total;
  }
}

export function flameTree({ paths, functions }: RunPage): FlameTree {
  const byPath = new Map<number, Frame>();
  const roots: Frame[] = [];
  paths.forEach(([parent, name, self], i) => {
    if (i === 0) return; // no function
    const above = byPath.get(parent) ?? null;
    const frame: Frame = {
      path: i,
      name: functions[name],
      depth: above ? above.depth + 1 : 0,
      begin: 0,
      total: self,
      self,
      parent: above,
      children: [],
    };
    byPath.set(i, frame);
    (above ? above.children : roots).push(frame);
  });
  const frames = [...byPath.values()];
  for (const frame of [...frames].reverse()) {
    if (frame.parent) frame.parent.total += frame.total;
  }
  place(roots, 0);
  return {
    roots,
    frames,
    byPath,
    depth: frames.reduce((most, { depth }) => Math.max(most, depth + 1), 0),
    total: roots.reduce((sum, { total }) => sum + total, 0),
  };
}

// From the outermost function to the frame's own.
export function stackOf(frame: Frame | null): Frame[] {
  const stack: Frame[] = [];
  for (let each = frame; each; each = each.parent) stack.unshift(each);
  return stack;
}
