// The foot of every page: by which version and which command it was made, and what it was made from.
import { h, section } from './dom';

type Fact = [name: string, value: string];

export function showFoot(
  version: string,
  schema: string,
  digests: Fact[] = [],
  more: Fact[] = [],
): void {
  const command =
    document.querySelector<HTMLTemplateElement>('template#command')?.content.textContent ?? '';
  const foot = section('foot');
  foot.replaceChildren(
    h(
      'div',
      {},
      h(
        'p',
        {},
        [
          `boardless ${version}`,
          ...more.map((fact) => fact.join(' ')),
          `result format ${schema}`,
        ].join(' · '),
      ),
      command !== '' && h('p', { class: 'command' }, 'Made by ', h('code', {}, command)),
      digests.length > 0 &&
        h(
          'details',
          {},
          h('summary', {}, `Digests (${digests.length})`),
          h(
            'dl',
            { class: 'digests' },
            ...digests.flatMap(([name, value]) => [
              h('dt', {}, name),
              h('dd', {}, h('code', {}, value)),
            ]),
          ),
        ),
      h('p', {}, 'Charts by Apache ECharts (Apache License 2.0).'),
    ),
  );
}
