import type { DeclarationReader, Field } from './declarations.ts';
import { GENERATED } from './generated-note.ts';
import { packages } from './repository.ts';

/** Fields of every event, told once. */
const SHARED = ['seq', 'at', 'runId', 'type'];

/** The page of all events. */
export function eventsPage(reader: DeclarationReader): string {
  const core = packages().find(({ name }) => name === '@millrace/core');
  if (core === undefined) throw new Error('there is no package @millrace/core');
  const events = reader.unionOf(core, 'RunEvent');
  const shared = (events[0]?.fields ?? []).filter(({ name }) => SHARED.includes(name));
  const known = new Set(reader.exportsOf(core).map(({ name }) => name));
  const sections = events.map(({ text, fields }) => {
    const type = fields.find(({ name }) => name === 'type')?.type.replaceAll("'", '') ?? '';
    const own = fields.filter(({ name }) => !SHARED.includes(name));
    const rows = own.length === 0 ? 'No further fields.' : table(own, known);
    return `## ${type}${text === '' ? '' : `\n\n${text}`}\n\n${rows}`;
  });
  const intro = `An event is a numbered fact about a run. It is written to the store before anybody hears of it.
You get events from \`millrace run --events FILE\` (one JSON object per line), from \`onEvent\` and
\`handle.events()\` in code, and from the table \`events\` of the store. Times are milliseconds since
1970, UTC; durations are milliseconds.

Every event has:

${table(
  shared.map((field) =>
    field.name === 'type'
      ? { ...field, type: 'string', text: 'One of the headings below.' }
      : field,
  ),
  known,
)}`;
  return `${[GENERATED, '# Events', intro, ...sections].join('\n\n')}\n`;
}

function table(fields: readonly Field[], known: ReadonlySet<string>): string {
  const rows = fields.map(({ name, type, optional, text }) => {
    const note = optional ? `${text === '' ? '' : `${text} `}May be absent.` : text;
    const shown = known.has(type)
      ? `[${type}](api/core.md#${type.toLowerCase()})`
      : `\`${type.replaceAll('|', '\\|')}\``;
    return `| \`${name}\` | ${shown} | ${note.replaceAll('\n', ' ')} |`;
  });
  return `| field | type | |\n|---|---|---|\n${rows.join('\n')}`;
}
