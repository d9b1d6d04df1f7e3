import { resolve } from 'node:path';
import {
  formatDuration,
  type GraphDirection,
  MillraceError,
  type ModelPipeline,
} from '@millrace/core';
import { draw } from '../../drawing/draw.ts';
import { MERMAID_MAX_ARROWS } from '../../drawing/draw-mermaid.ts';
import type { Drawing, DrawnStatus } from '../../drawing/drawing.ts';
import { DRAWING_ENDINGS, type DrawingFormat, formatOfFile } from '../../drawing/drawing-format.ts';
import type { CommandContext, CommonFlags, ConfigFlags } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { replaceFile } from '../init/replace-file.ts';
import { shortFailure } from '../report/short-failure.ts';
import { countOf } from '../report/words.ts';
import { findRun } from '../runs/find-run.ts';
import { findStore } from '../runs/find-store.ts';
import { loadForCommand, loadForRun } from '../runs/load-for-command.ts';
import { lookAtStore } from '../runs/look-at-store.ts';
import { type RunReport, readRunReport, type StageReport } from '../runs/run-report.ts';
import { runTarget } from '../runs/run-target.ts';
import { shownPath, shownStore } from '../runs/store-place.ts';
import type { Redact } from '../terminal/redact.ts';
import { markOf } from '../terminal/status-style.ts';

export interface GraphFlags extends CommonFlags, ConfigFlags {
  /** Default: what the ending of `out` tells, else Mermaid. */
  readonly format?: DrawingFormat;
  /** Default `TB`. */
  readonly direction?: GraphDirection;
  /** Relative to the working folder. Default: standard output. */
  readonly out?: string;
  readonly config?: string;
}

/** Draws a config, or a run with the status of each stage, as Mermaid, DOT or SVG. */
export async function graph(
  context: CommandContext,
  target: string | undefined,
  flags: GraphFlags,
): Promise<ExitCode> {
  const { terminal, cwd } = context;
  const format = formatFor(flags);
  const { drawing, report } = await readDrawing(context, target, flags);
  const text = await draw(drawing, format);
  const file = flags.out === undefined ? undefined : resolve(cwd, flags.out);
  if (file !== undefined) replaceFile(file, terminal.redact(text));
  if (format === 'mermaid') warnOfLimit(context, drawing);
  if (flags.json === true) {
    const { title, direction, stages } = drawing;
    terminal.printJson({
      pipeline: title,
      run: report === undefined ? undefined : { id: report.run.id, status: report.status },
      direction,
      stages,
      edges: stages.flatMap(({ id, needs }) => needs.map((need) => ({ from: need, to: id }))),
      format,
      ...(file === undefined ? { [format]: text } : { out: file }),
    });
  } else if (file === undefined) {
    terminal.print(text.trimEnd());
  } else {
    const drawn = `${drawing.title}, ${countOf(drawing.stages.length, 'stage')}`;
    terminal.print(`${markOf('succeeded', terminal.paint)} ${shownPath(file, cwd)}: ${drawn}`);
  }
  return EXIT.succeeded;
}

/** @throws MillraceError USAGE */
function formatFor({ format, out }: GraphFlags): DrawingFormat {
  if (format !== undefined) return format;
  if (out === undefined) return 'mermaid';
  const told = formatOfFile(out);
  if (told !== undefined) return told;
  throw new MillraceError('USAGE', `the ending of ${JSON.stringify(out)} does not tell a format`, {
    details: { out, endings: DRAWING_ENDINGS },
    help: `end it with one of ${DRAWING_ENDINGS.join(', ')}, or say which with --format`,
  });
}

interface ReadDrawing {
  readonly drawing: Drawing;
  /** Of the run that is drawn; undefined where a config is. */
  readonly report: RunReport | undefined;
}

async function readDrawing(
  context: CommandContext,
  target: string | undefined,
  flags: GraphFlags,
): Promise<ReadDrawing> {
  const { cwd, terminal } = context;
  const direction = flags.direction ?? 'TB';
  const chosen = target === undefined ? undefined : runTarget(target, cwd);
  if (chosen?.kind !== 'run') {
    const { pipeline } = await loadForCommand(context, { file: chosen?.file, flags });
    return { drawing: { direction, ...drawnPipeline(pipeline) }, report: undefined };
  }
  return lookAtStore(await findStore(context, flags), async (store) => {
    const run = await findRun(store, chosen.text, shownStore(store.name, cwd));
    const { pipeline } = await loadForRun(context, run, flags);
    const report = await readRunReport(store, run);
    return { drawing: { direction, ...drawnRun(pipeline, report, terminal.redact) }, report };
  });
}

function drawnPipeline({ name, definition }: ModelPipeline): Omit<Drawing, 'direction'> {
  const nothing = { status: undefined, durationMs: undefined, note: undefined };
  const stages = definition.stages.map(({ id, needs }) => ({ id, needs, ...nothing }));
  return { title: name, subtitle: undefined, stages };
}

/** @param redact applied before a format escapes what would be looked for */
function drawnRun(
  { name, definition }: ModelPipeline,
  { run, status, stages }: RunReport,
  redact: Redact,
): Omit<Drawing, 'direction'> {
  const reports = new Map<string, StageReport>(stages.map((stage) => [stage.id, stage]));
  const duration = run.durationMs === undefined ? [] : [formatDuration(run.durationMs)];
  return {
    title: name,
    subtitle: [`run ${run.id}`, status, ...duration].join(' · '),
    stages: definition.stages.map(({ id, needs }) => {
      const report = reports.get(id);
      if (report === undefined) {
        return { id, needs, status: 'pending', durationMs: undefined, note: undefined };
      }
      const note = noteOf(report);
      return {
        id,
        needs,
        status: report.kept ? 'kept' : drawnStatus(report.status),
        durationMs: durationOf(report),
        note: note === undefined ? undefined : redact(note),
      };
    }),
  };
}

/** A stage that waits for the world outside has begun and not ended. */
function drawnStatus(status: StageReport['status']): DrawnStatus {
  return status === 'waiting' ? 'running' : status;
}

/** Of a stage that waits for another attempt, or whose process is gone, nothing is known. */
function durationOf({ status, attempts, durationMs }: StageReport): number | undefined {
  return attempts === 0 || status === 'retrying' || status === 'lost' ? undefined : durationMs;
}

function noteOf({ failure, reason, attempts, fallback }: StageReport): string | undefined {
  const why = failure === undefined ? reason : shortFailure(failure);
  const lines = [
    ...(why === undefined ? [] : [why]),
    ...(attempts > 1 ? [countOf(attempts, 'attempt')] : []),
    ...(fallback ? ['its fallback was used'] : []),
  ];
  return lines.length === 0 ? undefined : lines.join('\n');
}

function warnOfLimit({ terminal }: CommandContext, { stages }: Drawing): void {
  const arrows = stages.reduce((total, { needs }) => total + needs.length, 0);
  if (arrows <= MERMAID_MAX_ARROWS) return;
  terminal.notice(
    `note: Mermaid draws at most ${MERMAID_MAX_ARROWS} arrows unless its maxEdges is raised, and these are ${arrows}; --format svg and --format dot have no such limit`,
  );
}
