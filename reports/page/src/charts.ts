// ECharts with only what the page draws, and the frame each chart lives in.
import { BarChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

import { themeColour } from './palette';

echarts.use([
  BarChart,
  LineChart,
  ScatterChart,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  SVGRenderer,
]);

export type Option = Parameters<echarts.ECharts['setOption']>[0];

export interface Drawing {
  option: Option;
  height: number;
}

// A chart in an element; redraws when its width changes, since labels depend on it.
export class Chart {
  private readonly chart: echarts.ECharts;
  private static readonly all: Chart[] = [];
  private static printWidth: number | null = null;
  private draw: (width: number) => Drawing = () => ({ option: {}, height: 0 });
  private drawn: () => void = () => {};
  private width = 0;

  // `renderer`: 'canvas' draws many points faster, where CanvasRenderer is used.
  constructor(
    private readonly element: HTMLElement,
    renderer: 'svg' | 'canvas' = 'svg',
  ) {
    this.chart = echarts.init(element, null, { renderer, height: 10 });
    Chart.all.push(this);
    new ResizeObserver(() => {
      if (!Chart.printWidth && element.clientWidth !== this.width) this.redraw();
    }).observe(element);
  }

  // `drawn` is called after each drawing: what was chosen with the mouse is gone then.
  show(
    draw: (width: number) => Drawing,
    drawn: () => void = () => {},
  ): void {
    this.draw = draw;
    this.drawn = drawn;
    this.redraw();
  }

  on(event: string, hear: (event: unknown) => void): void {
    this.chart.on(event, hear);
  }

  // What is drawn, as a document of its own; of a chart on a canvas, redrawn.
  svg(): string {
    const { width, height } = this.size();
    const holder = document.createElement('div');
    const copy = echarts.init(holder, null, { renderer: 'svg', ssr: true, width, height });
    copy.setOption({
      ...this.draw(width).option,
      animation: false,
      backgroundColor: themeColour('surface'),
    });
    const text = copy.renderToSVGString();
    copy.dispose();
    return text;
  }

  size(): { width: number; height: number; ground: string } {
    return { width: this.width, height: this.element.clientHeight, ground: themeColour('surface') };
  }

  dispatch(action: echarts.Payload): void {
    this.chart.dispatchAction(action);
  }

  // All charts at the width of print; null: of the screen again.
  static setPrintWidth(width: number | null): void {
    Chart.printWidth = width;
    for (const chart of Chart.all) chart.redraw();
  }

  redraw(): void {
    const width = Chart.printWidth;
    this.width = (this.element.clientWidth && width) || this.element.clientWidth;
    if (this.width === 0) return;
    const { option, height } = this.draw(this.width);
    // Static for print: what moves would be caught half way.
    const isStill = width !== null;
    this.element.style.height = `${height}px`;
    this.chart.resize({ width: this.width, height });
    this.chart.setOption(isStill ? { ...option, animation: false } : option, { notMerge: true });
    this.drawn();
  }
}

export function tooltipStyle(): object {
  return {
    trigger: 'item',
    confine: true,
    backgroundColor: themeColour('surface-raised'),
    borderColor: themeColour('line-strong'),
    borderWidth: 1,
    padding: [8, 10],
    textStyle: { color: themeColour('text'), fontSize: 13, fontFamily: 'inherit' },
    extraCssText:
      'box-shadow: 0 6px 24px rgb(0 0 0 / 18%); border-radius: 8px; max-width: 340px; white-space: normal;',
    transitionDuration: 0,
  };
}

export function legendStyle(names: string[]): object {
  return {
    type: 'scroll',
    top: 0,
    left: 0,
    right: 0,
    data: names,
    itemWidth: 12,
    itemHeight: 12,
    itemGap: 16,
    icon: 'roundRect',
    textStyle: { color: themeColour('text'), fontSize: 13 },
    inactiveColor: themeColour('line-strong'),
    pageTextStyle: { color: themeColour('muted') },
    pageIconColor: themeColour('text'),
    pageIconInactiveColor: themeColour('line-strong'),
  };
}

// A row per target; one that does not fit says so under its name.
export function categoryAxis(labels: string[], width: number, unfit: boolean[] = []): object {
  return {
    type: 'category',
    data: labels,
    inverse: true,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: themeColour('line-strong') } },
    axisLabel: {
      color: themeColour('text'),
      fontSize: 13,
      width: labelWidth(labels, width),
      overflow: 'truncate',
      lineHeight: 15,
      formatter: (label: string, i: number) =>
        unfit[i] ? `${label}\n{unfit|does not fit}` : label,
      rich: { unfit: { color: themeColour('bad'), fontSize: 11, lineHeight: 14, align: 'right' } },
    },
  };
}

export function valueAxis(name: string, format: (value: number) => string, max?: number): object {
  return {
    type: 'value',
    name,
    nameLocation: 'middle',
    nameGap: 28,
    nameTextStyle: { color: themeColour('muted'), fontSize: 12 },
    axisLabel: { color: themeColour('muted'), fontSize: 12, formatter: format, hideOverlap: true },
    splitLine: { lineStyle: { color: themeColour('line') } },
    max,
  };
}

const measuring = document.createElement('canvas').getContext('2d');

// Room for the row labels: what they need, at most a third of the chart.
export function labelWidth(labels: string[], width: number): number {
  if (measuring) measuring.font = `13px ${fonts().fontFamily}`;
  const needed = labels.map((label) => measuring?.measureText(label).width ?? label.length * 8);
  return Math.min(Math.ceil(Math.max(...needed, 76)) + 4, Math.max(90, width / 3));
}

// What every chart has: the page's font, and movement only for readers who like it.
export function basics(): object {
  return {
    animation: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    animationDuration: 250,
    textStyle: fonts(),
  };
}

// With single quotes: ECharts writes them into attributes of an SVG as they are.
function fonts(): { fontFamily: string } {
  return { fontFamily: getComputedStyle(document.body).fontFamily.replaceAll('"', "'") };
}
