// A table whose headers sort it: buttons in the headers, aria-sort, blanks always last. Of many
// rows it shows the first ones in their order.
import { h } from './dom';

export interface Column<Row> {
  header: string;
  unit?: string;
  help?: string;
  numeric?: boolean;
  rowHeader?: boolean;
  value?: (row: Row) => number | string | null; // what sorts; a column without it does not sort
  cell: (row: Row) => Node | string;
  data?: (row: Row) => number | string | null; // what a file holds; absent: the value, else the cell's text
}

type Direction = 'ascending' | 'descending';

export class SortableTable<Row> {
  readonly element: HTMLTableElement;
  private readonly body = h('tbody');
  private readonly headers: HTMLTableCellElement[];
  private rows: Row[] = [];
  private readonly elements = new Map<Row, HTMLTableRowElement>();
  private shown: Row[] = [];
  private most = Infinity;

  constructor(
    private readonly columns: Column<Row>[],
    caption: string,
    private sortedBy: number,
    private direction: Direction = 'ascending',
    private readonly decorate: (element: HTMLTableRowElement, row: Row) => void = () => {},
  ) {
    this.headers = columns.map((column, i) => this.header(column, i));
    this.element = h(
      'table',
      {},
      h('caption', { class: 'unseen' }, caption),
      h('thead', {}, h('tr', {}, ...this.headers)),
      this.body,
    );
  }

  private header(column: Column<Row>, i: number): HTMLTableCellElement {
    const text = [
      column.header,
      column.unit ? h('span', { class: 'unit' }, ` ${column.unit}`) : null,
    ];
    const attributes = { scope: 'col', class: column.numeric ? 'num' : null, title: column.help };
    if (!column.value) return h('th', attributes, ...text);
    const button = h('button', { type: 'button', onclick: () => this.sortBy(i) }, ...text);
    return h('th', attributes, button);
  }

  private sortBy(i: number): void {
    const again = this.sortedBy === i && this.direction === 'ascending';
    this.direction = again ? 'descending' : 'ascending';
    this.sortedBy = i;
    this.arrange();
  }

  get sorting(): { column: number; direction: Direction } {
    return { column: this.sortedBy, direction: this.direction };
  }

  setRows(rows: Row[], most = Infinity): void {
    this.rows = rows;
    this.most = most;
    this.elements.clear();
    this.arrange();
  }

  // The rows as data, in the order shown, with a head.
  data(): (number | string | null)[][] {
    const head = this.columns.map(({ header, unit }) => (unit ? `${header} ${unit}` : header));
    const of = (column: Column<Row>, row: Row) => {
      if (column.data) return column.data(row);
      if (column.value) return column.value(row);
      const cell = column.cell(row);
      return typeof cell === 'string' ? cell : (cell.textContent ?? '');
    };
    return [head, ...this.sorted().map((row) => this.columns.map((column) => of(column, row)))];
  }

  // Rows that are shown.
  forEachRow(visit: (element: HTMLTableRowElement, row: Row) => void): void {
    for (const row of this.shown) visit(this.elementOf(row), row);
  }

  private elementOf(row: Row): HTMLTableRowElement {
    const known = this.elements.get(row);
    if (known) return known;
    const cells = this.columns.map((column) =>
      column.rowHeader
        ? h('th', { scope: 'row' }, column.cell(row))
        : h('td', { class: column.numeric ? 'num' : null }, column.cell(row)),
    );
    const element = h('tr', {}, ...cells);
    this.decorate(element, row);
    this.elements.set(row, element);
    return element;
  }

  private sorted(): Row[] {
    const value = this.columns[this.sortedBy].value!;
    const sign = this.direction === 'ascending' ? 1 : -1;
    return [...this.rows].sort((a, b) => {
      const x = value(a);
      const y = value(b);
      if (x === null || y === null) return Number(x === null) - Number(y === null);
      if (typeof x === 'string' || typeof y === 'string') {
        return sign * String(x).localeCompare(String(y), 'en', { numeric: true });
      }
      return sign * (x - y);
    });
  }

  private arrange(): void {
    const sorted = this.sorted();
    this.headers.forEach((header, i) => {
      if (i === this.sortedBy) header.setAttribute('aria-sort', this.direction);
      else if (this.columns[i].value) header.setAttribute('aria-sort', 'none');
    });
    this.shown = sorted.slice(0, this.most);
    this.body.replaceChildren(...this.shown.map((row) => this.elementOf(row)));
  }
}
