import { inExample } from '../base/example-folder.ts';
import { z } from '../base/schema.ts';
import type { EarningsCalendar } from './earnings-calendar.ts';
import { FileCalendar } from './file-calendar.ts';
import { ModelledCalendar } from './modelled-calendar.ts';

/** Which calendar a config asks for. */
export const CalendarSettings = z.discriminatedUnion('kind', [
  /** No date is known. */
  z.strictObject({ kind: z.literal('none') }),
  /** Made-up dates, one a quarter. */
  z.strictObject({ kind: z.literal('modelled') }),
  /** Relative to the example. */
  z.strictObject({ kind: z.literal('file'), path: z.string() }),
]);
export type CalendarSettings = z.infer<typeof CalendarSettings>;

/** @throws ScanError CALENDAR_INVALID */
export function openCalendar(settings: CalendarSettings): EarningsCalendar {
  switch (settings.kind) {
    case 'none':
      return { name: 'none', nextReport: () => undefined };
    case 'modelled':
      return new ModelledCalendar();
    case 'file':
      return new FileCalendar(inExample(settings.path));
    default:
      return settings satisfies never;
  }
}
