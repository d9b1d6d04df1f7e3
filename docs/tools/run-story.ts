import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { linkPackages } from './link-packages.ts';
import { ROOT } from './repository.ts';
import { runCommands } from './run-commands.ts';
import type { Story, StoryEvent } from './story.ts';
import { anonymous, comparable, matches, readTranscript, trimmed } from './transcript.ts';

/** What a `console` block really prints, for rewriting the page. */
export interface ActualTranscript {
  readonly line: number;
  readonly text: string;
}

export interface StoryReport {
  readonly problems: readonly string[];
  readonly transcripts: readonly ActualTranscript[];
}

/** Does all that a page tells its reader to do, in an empty folder, and compares what is printed. */
export async function runStory(story: Story): Promise<StoryReport> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'millrace-docs-')));
  const problems: string[] = [];
  const transcripts: ActualTranscript[] = [];
  try {
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
    linkPackages(folder);
    for (const event of story.events) {
      const place = `${story.page}:${event.line}`;
      if (event.kind === 'file') writeStoryFile(folder, event);
      else if (event.kind === 'config') problems.push(...(await checkConfig(event, folder, place)));
      else {
        const run = await runConsole(
          event.text,
          folder,
          event.inRoot ? inRepository(folder) : undefined,
        );
        problems.push(...run.differences.map((difference) => `${place}: ${difference}`));
        transcripts.push({ line: event.line, text: run.text });
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { problems, transcripts };
}

function writeStoryFile(
  folder: string,
  { path, text }: Extract<StoryEvent, { kind: 'file' }>,
): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

async function checkConfig(
  { path, refused }: Extract<StoryEvent, { kind: 'config' }>,
  folder: string,
  place: string,
): Promise<string[]> {
  const command = `npx millrace validate ${path} >validate.out 2>&1; code=$?; cat validate.out; rm validate.out; echo "exit $code"`;
  const output = (await runCommands([command], folder))[0]?.output ?? '';
  const code = /exit (\d+)\s*$/.exec(output)?.[1];
  // A file with several pipelines is sound although none was chosen.
  const isChoice = output.includes('PIPELINE_NOT_CHOSEN');
  if (refused ? code === '2' : code === '0' || isChoice) return [];
  return [`${place}: millrace validate ends with ${code}:\n${anonymous(output, folder)}`];
}

interface ConsoleRun {
  readonly differences: readonly string[];
  readonly text: string;
}

interface Repository {
  /** What is run for a command that is shown. */
  readonly realCommand: (shown: string) => string;
  /** What the shown command would have printed. */
  readonly asShown: (output: string) => string;
}

/** `npm start` also builds; its last part prints the same anywhere. Runs go to the story's own folder. */
function inRepository(folder: string): Repository {
  const home = `--home ${join(folder, '.millrace')}`;
  return {
    realCommand: (shown) =>
      shown.includes('npm start')
        ? shown.replace('npm start', `npm run --silent start -w daily-macro -- ${home}`)
        : `${shown} ${home}`,
    asShown: (output) =>
      output
        .replaceAll(` ${home}`, '')
        .replaceAll(folder, '/home/you/millrace/examples/daily-macro')
        .replaceAll(ROOT, '/home/you/millrace'),
  };
}

async function runConsole(
  text: string,
  folder: string,
  repository: Repository | undefined,
): Promise<ConsoleRun> {
  const entries = readTranscript(text);
  const results = await runCommands(
    entries.map(({ command }) => repository?.realCommand(command) ?? command),
    repository === undefined ? folder : ROOT,
  );
  const differences: string[] = [];
  const lines = entries.flatMap(({ command, output }, at) => {
    const raw = results[at]?.output ?? '';
    const printed = anonymous(repository?.asShown(raw) ?? raw, folder);
    const actual = trimmed(printed.split('\n'));
    const isSame = matches(output, actual);
    if (!isSame) differences.push(difference(command, output, actual));
    return [`$ ${command}`, ...(isSame ? output : actual)];
  });
  return { differences, text: lines.join('\n') };
}

function difference(
  command: string,
  expected: readonly string[],
  actual: readonly string[],
): string {
  const at = actual.findIndex(
    (line, index) => comparable(line) !== comparable(expected[index] ?? ''),
  );
  return [
    `"${command}" prints something else than the page shows`,
    ...(at === -1 ? [] : [`  first difference in line ${at + 1}: ${actual[at]}`]),
    ...actual.map((line) => `  | ${line}`),
  ].join('\n');
}
