import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CommandContext } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { askName } from '../init/ask-name.ts';
import { checkName, nameOfFolder } from '../init/check-name.ts';
import { type MadeProject, makeProject } from '../init/make-project.ts';
import { ProjectFolder } from '../init/project-folder.ts';
import { type ProjectPlan, planProject } from '../init/project-plan.ts';
import { shellQuote } from '../runs/command-line.ts';
import { shownPath } from '../runs/store-place.ts';
import { markOf } from '../terminal/status-style.ts';

export interface InitFlags {
  readonly name?: string;
  /** Asks nothing: what is not given is chosen. */
  readonly yes?: boolean;
  /** Replaces files that are there. */
  readonly force?: boolean;
  readonly json?: boolean;
}

/** Makes a small project that runs. Nothing that is there is changed or lost unless it is asked for. */
export async function init(
  context: CommandContext,
  dir: string | undefined,
  flags: InitFlags,
): Promise<ExitCode> {
  const { terminal, cwd } = context;
  const folder = new ProjectFolder(resolve(cwd, dir ?? '.'));
  const name = await chooseName(context, folder, flags);
  if (name === undefined) return EXIT.cancelled;
  const { existing } = folder;
  const plan = planProject({ name: checkName(name), version: ownVersion(), existing });
  const made = await makeProject(folder, plan, flags.force === true);
  const next = nextCommands(folder, cwd);
  if (flags.json === true) {
    const changed = plan.changes.map(({ path, added }) => ({ file: path, added }));
    terminal.printJson({ folder: folder.path, name, ...made, changed, kept: plan.kept, next });
  } else terminal.print(report(context, { folder, name, made, plan, next }).join('\n'));
  return EXIT.succeeded;
}

/** Undefined when the person who was asked gave up. */
async function chooseName(
  { terminal }: CommandContext,
  folder: ProjectFolder,
  { name, yes, json }: InitFlags,
): Promise<string | undefined> {
  if (name !== undefined) return name;
  const suggested = nameOfFolder(folder.path);
  const { stdin, stdout } = process;
  const isAsked = yes !== true && json !== true && terminal.isLive && stdin.isTTY === true;
  return isAsked ? askName({ suggested, input: stdin, output: stdout }) : suggested;
}

function ownVersion(): string {
  const file = new URL('../../../package.json', import.meta.url);
  const manifest: { readonly version: string } = JSON.parse(readFileSync(file, 'utf8'));
  return manifest.version;
}

function nextCommands(folder: ProjectFolder, cwd: string): string[] {
  const start = folder.path === cwd ? [] : [`cd ${shellQuote(shownPath(folder.path, cwd))}`];
  return [...start, 'npm install', 'npx millrace run'];
}

interface Report {
  readonly folder: ProjectFolder;
  readonly name: string;
  readonly made: MadeProject;
  readonly plan: ProjectPlan;
  readonly next: readonly string[];
}

function report(
  { terminal: { paint }, cwd }: CommandContext,
  { folder, name, made, plan, next }: Report,
): string[] {
  const where = folder.path === cwd ? 'this folder' : shownPath(folder.path, cwd);
  const listed = (verb: string, paths: readonly string[]): string[] =>
    paths.map((path) => `  ${verb.padEnd(8)}  ${path}`);
  return [
    `${markOf('succeeded', paint)} ${name}: a project in ${where}`,
    ...listed('new', made.written),
    ...listed('replaced', made.replaced),
    ...plan.changes.map(({ path, added }) => `  changed   ${path}: ${added.join(', ')}`),
    ...listed('kept', plan.kept),
    '',
    'next:',
    ...next.map((command) => `  ${command}`),
  ];
}
