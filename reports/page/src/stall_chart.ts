// Where cycles go: issue and stalls by cause, a stacked bar per target.
import {
  basics,
  categoryAxis,
  Chart,
  labelWidth,
  legendStyle,
  tooltipStyle,
  valueAxis,
} from './charts';
import { type Entry, stallCauses } from './document';
import { h, heading, section, segmented } from './dom';
import { downloads } from './downloads';
import { causeMeaning, causeName, figure, percent, tick, whole } from './format';
import { causeColours, onThemeChange } from './palette';
import { chosen, type State } from './state';
import { facts } from './tip';

type Measure = 'share' | 'mac' | 'cycles';

const kAxisName: Record<Measure, string> = {
  share: "share of the target's cycles, %",
  mac: 'cycles per MAC',
  cycles: 'cycles',
};

function value(measure: Measure, cycles: number, { prediction }: Entry): number {
  if (measure === 'cycles') return cycles;
  const whole = measure === 'share' ? prediction.cycles / 100 : prediction.macs;
  return whole > 0 ? cycles / whole : 0;
}

function causeRows(entries: Entry[]): (string | number)[][] {
  const causes = stallCauses(entries);
  return [
    ['target', ...causes],
    ...entries.map(({ label, prediction }) => [
      label,
      ...causes.map((cause) => prediction.stalls[cause] ?? 0),
    ]),
  ];
}

export function showStalls(state: State): void {
  let measure: Measure = 'share';
  const canvas = h('div', { class: 'chart', id: 'stall-chart', role: 'img' });
  const empty = h(
    'p',
    { class: 'empty' },
    'Choose at least one microcontroller in the table above.',
  );
  const tools = h('span');
  section('stalls').replaceChildren(
    heading(
      'stalls',
      'What the core waits for',
      'Cycles in which instructions were issued, and cycles lost, by cause. Click the legend to leave a cause out.',
      segmented<Measure>(
        'Measure',
        [
          ['share', 'Share'],
          ['mac', 'Per MAC'],
          ['cycles', 'Cycles'],
        ],
        measure,
        (chosenMeasure) => {
          measure = chosenMeasure;
          draw();
        },
      ),
      tools,
    ),
    empty,
    canvas,
  );
  const chart = new Chart(canvas);
  tools.append(
    downloads({ name: 'cycles_by_cause', rows: () => causeRows(microcontrollers()), chart }),
  );

  // An accelerator has no stalls by cause; its own section says where its time goes.
  function microcontrollers(): Entry[] {
    return chosen(state.current)
      .map(({ entry }) => entry)
      .filter(({ prediction }) => !prediction.accelerator);
  }

  function draw(): void {
    const entries = microcontrollers();
    const causes = stallCauses(entries);
    const drawable = causes.length > 0;
    empty.hidden = drawable;
    canvas.hidden = !drawable;
    if (!drawable) return;
    const colours = causeColours(stallCauses(state.current.model.entries));
    const labels = entries.map((entry) => entry.label);
    canvas.setAttribute(
      'aria-label',
      'Bar chart of cycles by cause: ' +
        entries
          .map(
            ({ label, prediction: p }) =>
              `${label}: issue ${percent(p.stalls.issue ?? 0, p.cycles)}`,
          )
          .join('; '),
    );
    chart.show((width) => ({
      height: 76 + entries.length * 36,
      option: {
        ...basics(),
        legend: legendStyle(causes.map(causeName)),
        grid: { left: labelWidth(labels, width) + 14, right: 24, top: 36, bottom: 44 },
        tooltip: {
          ...tooltipStyle(),
          formatter: ({ seriesIndex, dataIndex }: { seriesIndex: number; dataIndex: number }) => {
            const { prediction, label } = entries[dataIndex];
            const cycles = prediction.stalls[causes[seriesIndex]] ?? 0;
            return facts(
              `${causeName(causes[seriesIndex])} on ${label}`,
              [
                ['share', percent(cycles, prediction.cycles)],
                ['cycles', whole(cycles)],
                ['per MAC', prediction.macs > 0 ? figure(cycles / prediction.macs) : '–'],
              ],
              causeMeaning(causes[seriesIndex]),
            );
          },
        },
        xAxis: valueAxis(kAxisName[measure], tick, measure === 'share' ? 100 : undefined),
        yAxis: categoryAxis(
          labels,
          width,
          entries.map(({ prediction }) => !prediction.fits),
        ),
        series: causes.map((cause) => ({
          type: 'bar',
          name: causeName(cause),
          stack: 'causes',
          barMaxWidth: 26,
          itemStyle: { color: colours.get(cause) },
          data: entries.map((entry) => value(measure, entry.prediction.stalls[cause] ?? 0, entry)),
        })),
      },
    }));
  }
  state.subscribe(({ model }, changed) => {
    section('stalls').hidden = model.entries.every(({ prediction }) => prediction.accelerator);
    if (changed.has('model') || changed.has('selected')) draw();
  });
  onThemeChange(draw);
}
