import type { SeededRandom } from '@millrace/core';
import { type EditKinds, type Foreseen, NOTHING, oneOf } from '../edits/edit.ts';
import { type ModuleAspect, reformatted } from '../project/reformat-module.ts';
import type { DailyMacro } from './daily-macro.ts';

const DAYS = ['2000-05-08', '2000-05-09', '2000-05-10', '2000-05-11', '2000-05-12', '2000-05-15'];
const LAYOUT: readonly ModuleAspect[] = ['indent', 'quotes', 'blank lines', 'line breaks', 'types'];

export const DAILY_EDITS: EditKinds<DailyMacro> = {
  'param of the pipeline': (daily, random) => {
    const [, before = ''] = /^ +date: ["'](.*)["']$/m.exec(daily.text) ?? [];
    const after = oneOf(
      DAYS.filter((day) => day !== before),
      random,
    );
    daily.editConfig((text) => text.replace(before, after));
    // Where the param was set, not where its placeholder stands.
    const place = daily.place(/(?<=^ +date: )["']/m);
    const reason = `with.date ${JSON.stringify(before)} -> ${JSON.stringify(after)} at ${place}`;
    return { runs: { ingest: reason }, effect: 'spreads' };
  },

  'param that is read': (daily) => {
    const [, before] = /seed: (\d+)/.exec(daily.text) ?? [];
    const after = daily.count();
    daily.editConfig((text) =>
      before === undefined
        ? text.replace(/^( +)needs: \[portfolio\]$/m, `$&\n$1with: { seed: ${after} }`)
        : text.replace(/seed: \d+/, `seed: ${after}`),
    );
    const place = daily.place(/(?<=seed: )\d/);
    const reason = `with.seed ${before ?? 'not set'} -> ${after} at ${place}`;
    return { runs: { risk: reason }, effect: 'spreads' };
  },

  'comment in the config': (daily, random) => {
    const stage = oneOf(daily.stages, random);
    const note = `# note ${daily.count()}`;
    daily.editConfig((text) => text.replace(new RegExp(`^( +)${stage}:$`, 'm'), `$1${note}\n$&`));
    return NOTHING;
  },

  'indent of the config': (daily) => {
    const isNarrow = /^ {2}\w/m.test(daily.text);
    daily.editConfig((text) =>
      text.replaceAll(/^ +/gm, (spaces) =>
        isNarrow ? spaces.repeat(2) : spaces.slice(spaces.length / 2),
      ),
    );
    return NOTHING;
  },

  timeout: (daily, random) => {
    const stage = oneOf(daily.stages, random);
    const timeout = `timeout: ${600 + daily.count()}s`;
    const uses = new RegExp(`^( +)uses: ./stages/${stage}.ts$(?:\n +timeout: .*$)?`, 'm');
    daily.editConfig((text) =>
      text.replace(uses, (line, indent: string) => `${line.split('\n')[0]}\n${indent}${timeout}`),
    );
    return NOTHING;
  },

  'comment in a stage module': (daily, random) =>
    reformat(daily, daily.moduleOf(oneOf(daily.stages, random)), ['comments'], random),

  'comment in a helper': (daily, random) =>
    reformat(daily, oneOf(daily.helpers, random), ['comments'], random),

  'formatting of a helper': (daily, random) =>
    reformat(daily, oneOf(daily.helpers, random), LAYOUT, random),

  'content of an input file': (daily) => {
    const file = 'data/sp500-daily.csv';
    daily.project.edit(file, (text) => text.replace(/^\d{4}-.*\d$/m, '$&1'));
    return { runs: { ingest: `file ${file} changed` }, effect: 'any' };
  },

  'input file that is touched': (daily, random) => {
    daily.project.touch('data/fx-daily.csv', new Date(Date.UTC(2000 + random.integer(20), 0, 1)));
    return NOTHING;
  },

  'helper, other outputs': (daily) => {
    const file = 'src/agents/cross-asset.ts';
    daily.project.edit(file, (text) =>
      text.replace(/(TREND_DAYS(?:: number)? = )(\d+)/, (_, start: string, days: string) => {
        return `${start}${Number(days) - 10}`;
      }),
    );
    // All stages can be rehearsed with broken agents, so all of them import it.
    return codeChanged(daily, file, 'any');
  },

  'helper, same outputs': (daily, random) => withUnused(daily, oneOf(daily.helpers, random)),

  'code of a stage, same outputs': (daily, random) =>
    withUnused(daily, daily.moduleOf(oneOf(daily.stages, random))),
};

function reformat(
  { project }: DailyMacro,
  file: string,
  aspects: readonly ModuleAspect[],
  random: SeededRandom,
): Foreseen {
  const text = project.read(file);
  const aspect = oneOf(aspects, random);
  const changed = reformatted(text, aspect, random);
  project.write(file, changed === text ? `${text}\n` : changed);
  return NOTHING;
}

function withUnused(daily: DailyMacro, file: string): Foreseen {
  const count = daily.count();
  daily.project.edit(file, (text) => `${text}\nexport const UNUSED_${count} = ${count};\n`);
  return codeChanged(daily, file, 'kept');
}

function codeChanged(daily: DailyMacro, file: string, effect: Foreseen['effect']): Foreseen {
  const runs = daily.importersOf(file).map((stage) => [stage, `code: ${file} changed`]);
  return { runs: Object.fromEntries(runs), effect };
}
