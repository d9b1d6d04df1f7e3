import { PipelineStage, type StageScope, z } from 'millrace';
import { dayOf } from '../src/base/calendar.ts';
import { count } from '../src/base/figures.ts';
import { applyCatalysts } from '../src/catalysts/apply-catalysts.ts';
import { CalendarSettings, openCalendar } from '../src/catalysts/open-calendar.ts';
import { Ranked } from '../src/catalysts/ranked.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { Scored } from '../src/scoring/scored.ts';
import { describeResult } from './describe-result.ts';

export default class Catalysts extends PipelineStage.of({
  description: 'Moves each score towards its next earnings report, and sorts anew.',
  params: z.object({ date: z.iso.date(), calendar: CalendarSettings }),
  inputs: z.object({ scored: z.array(Scored).readonly() }),
  outputs: z.object({ ranking: z.array(Ranked).readonly(), earningsSource: z.string() }),
}) {
  async run(scope: StageScope<typeof Catalysts>) {
    await rehearse(scope);
    const { inputs, params } = scope;
    const calendar = openCalendar(params.calendar);
    const ranking = applyCatalysts(inputs.scored, calendar, dayOf(params.date));
    const near = ranking.filter(({ ivCrush }) => ivCrush).length;
    describeResult(scope, `${count(near)} report within a week, dates ${calendar.name}`);
    return { ranking, earningsSource: calendar.name };
  }
}
