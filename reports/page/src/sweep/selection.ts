// Which points the reader looks at: standings that are shown, and what each chart's brush covers.
import type { Standing, Sweep } from './document';

export type Filter = (point: number) => boolean;
type Listener = (shown: number[]) => void;

export class Selection {
  private readonly filters = new Map<string, Filter>();
  private readonly listeners: Listener[] = [];
  private readonly drawers: (() => void)[] = [];
  private standings: Set<Standing>;

  constructor(private readonly sweep: Sweep) {
    const { meets, answered } = sweep.document.counts;
    this.standings = new Set<Standing>(
      meets > 0 ? ['front', 'meets'] : answered > 0 ? ['answered'] : ['refused', 'pruned', 'pending'],
    );
  }

  get shownStandings(): ReadonlySet<Standing> {
    return this.standings;
  }

  // Points of the standings shown, whatever brushes cover: what charts draw.
  drawn(): number[] {
    return this.sweep.points.filter((point) => this.standings.has(this.sweep.standing(point)));
  }

  // Of those, what every brush covers: what the table lists.
  shown(): number[] {
    const filters = [...this.filters.values()];
    return this.drawn().filter((point) => filters.every((covers) => covers(point)));
  }

  showStandings(standings: Standing[]): void {
    this.standings = new Set(standings);
    for (const draw of this.drawers) draw();
    this.tell();
  }

  // What the brush named `source` covers; null: it is gone.
  brush(source: string, covers: Filter | null): void {
    if (!covers && !this.filters.has(source)) return;
    if (covers) this.filters.set(source, covers);
    else this.filters.delete(source);
    this.tell();
  }

  // Calls `draw` now, and whenever other points are drawn; before those who list them.
  onStandings(draw: () => void): void {
    this.drawers.push(draw);
    draw();
  }

  subscribe(listener: Listener): void {
    this.listeners.push(listener);
    listener(this.shown());
  }

  private tell(): void {
    const shown = this.shown();
    for (const listener of this.listeners) listener(shown);
  }
}
