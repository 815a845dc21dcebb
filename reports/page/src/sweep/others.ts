// What became of the points without figures: each reason with how many points it concerns.
import { heading, section } from '../dom';
import { whole } from '../format';
import { plainTable } from '../plain_table';
import type { Sweep } from './document';
import { kStandings } from './point_text';

const kMost = 30;

// What points with answers that differ in their figures alone have in common.
function kindOf(sweep: Sweep, point: number): string {
  const answer = sweep.answer(point);
  if (sweep.standing(point) !== 'pruned') return answer;
  const constraint = sweep.document.constraints.find((text) => answer.includes(`: ${text}: `));
  if (constraint) return `cannot meet ${constraint}`;
  const memories = [...answer.matchAll(/(\w+) needs at least/g)].map(([, name]) => name);
  return memories.length > 0 ? `too little ${memories.join(' and ')}` : answer;
}

export function showOthers(sweep: Sweep): void {
  const reasons = new Map<string, number[]>();
  for (const point of sweep.points) {
    if (!['pruned', 'refused', 'pending'].includes(sweep.standing(point))) continue;
    const kind = kindOf(sweep, point);
    const points = reasons.get(kind);
    if (points) points.push(point);
    else reasons.set(kind, [point]);
  }
  if (reasons.size === 0) return;
  const lines = [...reasons].sort(([, a], [, b]) => b.length - a.length);
  const lead =
    lines.length > kMost
      ? `The ${kMost} most frequent of ${whole(lines.length)} reasons; --rows all tells each point's.`
      : 'What was not run, or gave no answer, and why.';
  section('others').replaceChildren(
    heading('others', 'Points without figures', lead),
    plainTable(
      'Reasons with the number of points',
      ['reason', 'points', 'what became of them', 'one of them'],
      lines
        .slice(0, kMost)
        .map(([kind, points]) => [
          kind,
          whole(points.length),
          kStandings[sweep.standing(points[0])],
          `${whole(points[0])}: ${sweep.answer(points[0])}`,
        ]),
    ),
  );
}
