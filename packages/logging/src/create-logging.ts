import { type Clock, MillraceError, systemClock } from '@millrace/core';
import { ConsoleOutput } from './console-output.ts';
import { onProcessExit } from './exit-flush.ts';
import { nodeDisk } from './files/disk.ts';
import { RunFiles } from './files/run-files.ts';
import { NO_FIELDS } from './line/bound-fields.ts';
import { createBoundLogger } from './line/bound-logger.ts';
import { gapLine } from './line/gap-line.ts';
import { renderJson } from './line/render-json.ts';
import { renderText } from './line/render-text.ts';
import { LineSink } from './line-sink.ts';
import { LogFaults, type ReportFault } from './log-faults.ts';
import { checkLevel } from './log-level.ts';
import type { Logging, LoggingReport } from './logging.ts';
import type { LoggingOptions } from './logging-options.ts';
import { createRedactor } from './redact/redactor.ts';
import { type LineOutput, openDirectChannel, openTransportChannel } from './winston.ts';

/**
 * Lines go to a file per run, to the console and to winston transports, with every secret taken out.
 * Nothing is opened before the first line.
 * @throws MillraceError LOG_LEVEL_UNKNOWN
 */
export function createLogging(options: LoggingOptions = {}): Logging {
  const level = checkLevel(options.level ?? 'info');
  const clock = options.clock ?? systemClock;
  const redactor = createRedactor(options.redact, options.limits);
  const faults = new LogFaults(options.warnings ?? process.stderr, redactor.text);
  const { report } = faults;
  const files = openFiles(options, clock, report);
  const console = openConsole(options, report);
  const render = options.format === 'json' ? renderJson : renderText;
  const outputs: LineOutput[] = [];
  if (files !== undefined) {
    outputs.push(({ line, runId }) => {
      if (runId !== undefined) files.append(runId, renderJson(line));
    });
  }
  if (console !== undefined) outputs.push(({ line }) => console.write(render(line)));
  const { transports = [] } = options;
  const channels = [
    ...(outputs.length === 0 ? [] : [openDirectChannel(outputs, level)]),
    ...(transports.length === 0
      ? []
      : [openTransportChannel({ transports, level, clock, report })]),
  ];
  const sink = new LineSink({ level, clock, redactor, report, channels });
  const forgetExit = onProcessExit(() => files?.flush());

  const finish = async (): Promise<LoggingReport> => {
    await sink.close();
    await Promise.all([files?.endAll(), console?.close(clock)]);
    forgetExit();
    return { lost: (files?.lost ?? 0) + (console?.lost ?? 0), faults: faults.all };
  };
  let closed: Promise<LoggingReport> | undefined;
  return {
    logger: createBoundLogger(sink, NO_FIELDS),
    fileFor(runId) {
      if (files === undefined) throw dirMissing();
      return files.pathFor(runId);
    },
    endRun: async (runId) => files?.end(runId),
    close() {
      closed ??= finish();
      return closed;
    },
  };
}

function openFiles(
  { dir, disk = nodeDisk }: LoggingOptions,
  clock: Clock,
  report: ReportFault,
): RunFiles | undefined {
  return dir === undefined ? undefined : new RunFiles({ dir, disk, clock, report, gapLine });
}

function openConsole(options: LoggingOptions, report: ReportFault): ConsoleOutput | undefined {
  const wanted = options.console ?? options.dir === undefined;
  if (wanted === false) return undefined;
  return new ConsoleOutput(wanted === true ? process.stderr : wanted, report);
}

function dirMissing(): MillraceError {
  return new MillraceError('LOG_DIR_MISSING', 'there are no log files: no `dir` was given', {
    help: 'Give `dir` to createLogging.',
  });
}
