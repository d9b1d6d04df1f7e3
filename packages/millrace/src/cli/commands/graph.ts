import { type MermaidOptions, type RunRecord, toMermaid } from '@millrace/core';
import { openStore } from '../../facade/open-store.ts';
import type { CommandContext, CommonFlags, ConfigFlags } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { findRun } from '../runs/find-run.ts';
import { findStore } from '../runs/find-store.ts';
import { loadForCommand, loadForRun } from '../runs/load-for-command.ts';
import { readRunReport } from '../runs/run-report.ts';
import { runTarget } from '../runs/run-target.ts';
import { shownStore } from '../runs/store-place.ts';

export interface GraphFlags extends CommonFlags, ConfigFlags {
  readonly direction?: 'TB' | 'BT' | 'LR' | 'RL';
  readonly config?: string;
}

const STYLES = new Map([
  ['succeeded', 'fill:#dcf5dc,stroke:#2e7d32,color:#1b3d1d'],
  ['kept', 'fill:#d7eef2,stroke:#00697a,color:#00363f'],
  ['failed', 'fill:#fbdcdc,stroke:#b71c1c,color:#5c0d0d'],
  ['running', 'fill:#dbe7fb,stroke:#1a4fb4,color:#0d285a'],
  ['skipped', 'fill:#eeeeee,stroke:#8a8a8a,color:#555555'],
  ['cancelled', 'fill:#fdf0d0,stroke:#a66a00,color:#5a3a00'],
  ['lost', 'fill:#fdf0d0,stroke:#a66a00,color:#5a3a00'],
]);

/** Prints a Mermaid drawing of a config, or of a run with the status of each stage. */
export async function graph(
  context: CommandContext,
  target: string | undefined,
  flags: GraphFlags,
): Promise<ExitCode> {
  const { cwd, terminal } = context;
  const chosen = target === undefined ? undefined : runTarget(target, cwd);
  const direction = flags.direction === undefined ? {} : { direction: flags.direction };
  let options: MermaidOptions = direction;
  let pipeline: Awaited<ReturnType<typeof loadForCommand>>['pipeline'];
  if (chosen?.kind === 'run') {
    const store = await openStore(await findStore(context, flags), { readOnly: true });
    try {
      const run = await findRun(store, chosen.text, shownStore(store.name, cwd));
      ({ pipeline } = await loadForRun(context, run, flags));
      const classes = await statusOfStages(store, run);
      options = { ...direction, classes, classStyles: STYLES, title: run.id };
    } finally {
      await store.close();
    }
  } else {
    ({ pipeline } = await loadForCommand(context, { file: chosen?.file, flags }));
  }
  const nodes = pipeline.definition.stages.map(({ id, needs }) => ({ id, needs }));
  const mermaid = toMermaid(nodes, options);
  if (flags.json === true) terminal.printJson({ pipeline: pipeline.name, stages: nodes, mermaid });
  else terminal.print(mermaid.trimEnd());
  return EXIT.succeeded;
}

async function statusOfStages(
  store: Parameters<typeof readRunReport>[0],
  run: RunRecord,
): Promise<ReadonlyMap<string, string>> {
  const { stages } = await readRunReport(store, run);
  return new Map(stages.map(({ id, status, kept }) => [id, kept ? 'kept' : status]));
}
