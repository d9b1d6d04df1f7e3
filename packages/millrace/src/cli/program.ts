import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { CommandContext } from './command-context.ts';
import type { ExitCode } from './exit-code.ts';
import { helpExamples } from './help-examples.ts';

/** The command line as a person typed it was not understood; commander's own text says why. */
export { CommanderError };

type Action = (context: CommandContext) => Promise<ExitCode>;

interface ProgramRequest {
  readonly version: string;
  /** Writes to the two streams. */
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Gets what was asked for; commands are loaded when they are. */
  readonly chosen: (action: Action) => void;
}

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'];
const STATUSES = [
  'running',
  'interrupted',
  'waiting',
  'succeeded',
  'degraded',
  'failed',
  'cancelled',
];

/** Reads the command line. The only file that imports commander, and no other part of Millrace. */
export function buildProgram(request: ProgramRequest): Command {
  const { version, out, error, chosen } = request;
  const program = new Command('millrace')
    .description('Runs DAG pipelines that can be killed anywhere and resumed.')
    .version(version)
    .option('--debug', 'show where errors come from')
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: error, outputError: (text, write) => write(text) })
    .configureHelp({ sortSubcommands: false, showGlobalOptions: false })
    .showSuggestionAfterError();
  const command = (usage: string, summary: string): Command =>
    program
      .command(usage)
      .summary(summary)
      .description(summary)
      .option('--json', 'print JSON')
      .addHelpText('after', ({ command: own }) => helpExamples(own.name()));

  sessionOptions(contextOptions(command('run [config]', 'run a pipeline from a config file')))
    .addOption(new Option('--scheduled-by <schedule>').hideHelp())
    .action((config, flags) =>
      chosen(async (context) => (await import('./commands/run.ts')).run(context, config, flags)),
    );
  sessionOptions(command('resume [target]', 'continue a run, by its id, its config or "latest"'))
    .option(
      '--config <file>',
      'config of the run, when it was moved or the run was started from code',
    )
    .option('--no-follow', 'refuse a run that another process executes, instead of following it')
    .action((target, flags) =>
      chosen(async (context) =>
        (await import('./commands/resume.ts')).resume(context, target, flags),
      ),
    );
  configOptions(storeOption(command('undo <run>', 'take back what the stages of a run have done')))
    .option('--from <stage>', 'only this stage and all that need it')
    .option('--force', 'also of a run that succeeded, which then counts as cancelled')
    .option('--config <file>', 'config of the run, when it was moved')
    .addOption(
      new Option('--concurrency <n>', 'stages that are undone at the same time').argParser(
        positive,
      ),
    )
    .option('--events <file>', 'append each event to a file, as a JSON line')
    .option('--log-dir <dir>', 'folder of log files (default: logs beside the store)')
    .addOption(new Option('--log-level <level>', 'the least that is logged').choices(LOG_LEVELS))
    .option('--dry-run', 'show what would be undone and do nothing')
    .addHelpText('after', '\nExits with 0 when nothing is left to undo, with 1 when something is.')
    .action((target, flags) =>
      chosen(async (context) => (await import('./commands/undo.ts')).undo(context, target, flags)),
    );
  sessionOptions(
    contextOptions(
      command('fork <run>', 'start a new run that begins with what another run has done'),
    ),
  )
    .option('--config <file>', 'config of the run, when it was moved')
    .action((target, flags) =>
      chosen(async (context) => (await import('./commands/fork.ts')).fork(context, target, flags)),
    );
  selectionOptions(
    configOptions(
      storeOption(
        command(
          'plan [target]',
          'tell what a run of a config, or a resume of a run, would do and why',
        ),
      ),
    ),
  )
    .option('--config <file>', 'config of the run, when it was moved')
    .action((target, flags) =>
      chosen(async (context) => (await import('./commands/plan.ts')).plan(context, target, flags)),
    );
  command('validate [configs...]', 'check configs without running them')
    .option('--pipeline <name>', 'which pipeline of the file')
    .option('--env <name>', 'which environment of the configs (default: MILLRACE_ENV)')
    .action((files, flags) =>
      chosen(async (context) =>
        (await import('./commands/validate.ts')).validate(context, files, flags),
      ),
    );
  storeOption(command('runs', 'list runs, newest first'))
    .option('--pipeline <name>', 'runs of this pipeline only')
    .addOption(new Option('--status <status>', 'runs of this status only').choices(STATUSES))
    .addOption(new Option('--limit <n>', 'at most so many (default 20)').argParser(positive))
    .action((flags) =>
      chosen(async (context) => (await import('./commands/runs.ts')).runs(context, flags)),
    );
  storeOption(command('show [run]', 'tell what is recorded of a run; default: the newest'))
    .option('--stage <id>', 'one stage with all its attempts and failed items')
    .addOption(
      new Option('--items', 'each item of the mapped stage that --stage names').conflicts([
        'at',
        'after',
        'events',
        'context',
      ]),
    )
    .option('--events', 'the events of the run')
    .option('--context [key]', 'the context keys, or the value of one')
    .addOption(
      new Option('--at <stage>', 'the context as this stage saw it').conflicts([
        'after',
        'stage',
        'events',
      ]),
    )
    .addOption(
      new Option('--after <stage>', 'the same, with what the stage wrote itself').conflicts([
        'stage',
        'events',
      ]),
    )
    .option('--config <file>', 'config of the run, when it was moved, for --at and --after')
    .action((id, flags) =>
      chosen(async (context) => (await import('./commands/show.ts')).show(context, id, flags)),
    );
  storeOption(
    command(
      'schedule <config> [run-flags...]',
      'start runs of a config at the times of a cron expression',
    ),
  )
    .requiredOption('--cron <expression>', 'minute, hour, day, month, weekday: "0 6 * * 1-5"')
    .option('--tz <zone>', 'their time zone, such as Europe/Berlin (default: that of the machine)')
    .addOption(
      new Option('--missed <policy>', 'times at which it did not run (default: skip)').choices([
        'skip',
        'run-once',
        'run-all',
      ]),
    )
    .addOption(
      new Option(
        '--overlap <policy>',
        'times at which the run before is still executed (default: skip)',
      ).choices(['skip', 'queue', 'cancel-previous', 'allow']),
    )
    .option('--until <time>', 'the end, as a time or as a duration from now')
    .addOption(new Option('--count <n>', 'end after so many runs').argParser(positive))
    .addOption(
      new Option(
        '--on-stop <policy>',
        'what SIGTERM does with runs: wait for them, or cancel them (default: drain)',
      ).choices(['drain', 'cancel']),
    )
    .option('--name <name>', 'of the schedule (default: made of its config, times and flags)')
    .option('--pipeline <name>', 'which pipeline of the file')
    .option('--env <name>', 'which environment of the config (default: MILLRACE_ENV)')
    .option('--dry-run', 'show the next times, so many as --count says (default: 5)')
    .addHelpText('after', '\nFlags of `millrace run` stand behind `--`.')
    .action((config, runFlags, flags) =>
      chosen(async (context) =>
        (await import('./commands/schedule.ts')).schedule(context, { config, runFlags }, flags),
      ),
    );
  storeOption(command('signal <run> <name>', 'answer what a stage of a run waits for, or will'))
    .addOption(
      new Option('--data <json>', 'what the stage gets (default: nothing)').conflicts('dataFile'),
    )
    .option('--data-file <file>', 'the same from a JSON file; - is standard input')
    .option('--stage <id>', 'only for this stage (default: for each that waits for the name)')
    .action((run, name, flags) =>
      chosen(async (context) =>
        (await import('./commands/signal.ts')).signal(context, { run, name }, flags),
      ),
    );
  storeOption(
    command(
      'signals [run]',
      'tell what a run waits for, and which signals came; default: the newest',
    ),
  ).action((run, flags) =>
    chosen(async (context) => (await import('./commands/signals.ts')).signals(context, run, flags)),
  );
  storeOption(
    command('blame <key> [run]', 'tell who wrote a context key of a run, and what each changed'),
  ).action((key, id, flags) =>
    chosen(async (context) => (await import('./commands/blame.ts')).blame(context, key, id, flags)),
  );
  storeOption(
    command(
      'diff [run] [other]',
      'tell how two runs differ and why; default: a run and the one before it',
    ),
  )
    .option('--key <key>', 'only this context key, with more of its places')
    .addHelpText('after', '\nExits with 0 when nothing differs, with 1 when something does.')
    .action((first, second, flags) =>
      chosen(async (context) =>
        (await import('./commands/diff.ts')).diff(context, { first, second }, flags),
      ),
    );
  configOptions(
    storeOption(command('graph [target]', 'draw a config, or a run with the status of each stage')),
  )
    .addOption(
      new Option(
        '--format <format>',
        'how it is written (default: as --out ends, else mermaid)',
      ).choices(['mermaid', 'dot', 'svg']),
    )
    .option('--out <file>', 'write the drawing to a file: .svg, .dot, .gv, .mmd or .mermaid')
    .addOption(
      new Option('--direction <direction>', 'where the arrows point (default: TB)').choices([
        'TB',
        'BT',
        'LR',
        'RL',
      ]),
    )
    .option('--config <file>', 'config of the run, when it was moved')
    .action((target, flags) =>
      chosen(async (context) =>
        (await import('./commands/graph.ts')).graph(context, target, flags),
      ),
    );
  configOptions(
    command(
      'config [config]',
      'print a config with all its layers, or tell where a value comes from',
    ),
  )
    .option('--explain <path>', 'a value or a part: stages.score.with.window')
    .action((config, flags) =>
      chosen(async (context) =>
        (await import('./commands/config.ts')).config(context, config, flags),
      ),
    );
  command('schema [config]', 'write the JSON Schema by which editors complete and check a config')
    .option('--out <file>', 'write it to a file (default: print it)')
    .option(
      '--link',
      'name it in the first line of the config (default file: .millrace/schema.json beside it)',
    )
    .action((config, flags) =>
      chosen(async (context) =>
        (await import('./commands/schema.ts')).schema(context, config, flags),
      ),
    );
  storeOption(
    command(
      'capsule [run] [stage]',
      'write a stage of a run with all that it needs into a file; default: what failed first in the newest run',
    ),
  )
    .option('--out <file>', 'the file (default: RUN-STAGE.capsule.json)')
    .option('--force', 'replace a file that is there')
    .addOption(
      new Option('--attempt <n>', 'which attempt (default: the newest)').argParser(positive),
    )
    .option('--whole', 'also large values that the stage could look up and does not declare')
    .option('--config <file>', 'config of the run, when it was moved')
    .action((first, second, flags) =>
      chosen(async (context) =>
        (await import('./commands/capsule.ts')).capsule(context, { first, second }, flags),
      ),
    );
  configOptions(command('replay <file>', 'try the stage of a capsule again, by the code as it is'))
    .option('--config <file>', 'config of the stage (default: the one that the capsule names)')
    .addOption(
      new Option(
        '--uses <file>',
        'the class alone, FILE or FILE#Export, without a config',
      ).conflicts('config'),
    )
    .option('--with <name=value>', 'another param; may be repeated', collect)
    .option('--input <name=value>', 'another input; may be repeated', collect)
    .option('--inspect', 'wait for a debugger, and break before the constructor of the stage')
    .addOption(
      new Option('--inspect-port <n>', 'where it listens (default: 9229; 0: any)').argParser(count),
    )
    .action((file, flags) =>
      chosen(async (context) =>
        (await import('./commands/replay.ts')).replay(context, file, flags),
      ),
    );
  contextOptions(
    configOptions(
      storeOption(
        command(
          'verify [config] [run]',
          'kill a run of a config everywhere, resume it, and prove that nothing is lost or done twice',
        ),
      ),
    ),
  )
    .addOption(
      new Option(
        '--sample [amount]',
        'instead make outcomes of a stored run once more: 20, or 10%',
      ).conflicts(['points', 'instants', 'series', 'keep', 'context', 'contextFile']),
    )
    .addOption(
      new Option('--points <n>', 'at most so many crash points (default: all)').argParser(positive),
    )
    .addOption(
      new Option('--instants <n>', 'kills at a random instant (default: 10)').argParser(count),
    )
    .addOption(
      new Option('--series <n>', 'runs that are killed again and again (default: 2)').argParser(
        count,
      ),
    )
    .addOption(new Option('--seed <n>', 'what chance begins with (default: 1)').argParser(count))
    .option('--keep', 'keep the stores')
    .action((config, run, flags) =>
      chosen(async (context) =>
        (await import('./commands/verify.ts')).verify(context, { config, run }, flags),
      ),
    );
  storeOption(
    command('gc [config]', 'delete old runs and all that no other run needs, and free the room'),
  )
    .addOption(
      new Option('--keep <n>', 'so many of the newest runs of each pipeline').argParser(count),
    )
    .addOption(
      new Option('--keep-days <n>', 'runs that ended in the last so many days').argParser(count),
    )
    .addOption(
      new Option('--older-than <duration>', 'the same as a duration: only older runs go').conflicts(
        'keepDays',
      ),
    )
    .option('--keep-status <statuses>', 'runs of these statuses: failed,cancelled', collect)
    .option('--keep-run <run>', 'this run; may be repeated', collect)
    .addOption(
      new Option('--delete-run <run>', 'delete exactly this run; may be repeated')
        .argParser(collect)
        .conflicts([
          'keep',
          'keepDays',
          'olderThan',
          'keepStatus',
          'unfinished',
          'waiting',
          'pipeline',
        ]),
    )
    .option('--unfinished', 'let also go what could be resumed: failed, cancelled, interrupted')
    .option('--waiting', 'let also go what waits for an answer or a time')
    .option('--pipeline <name>', 'runs of this pipeline only')
    .option('--dry-run', 'show what would go and why the rest is kept, and do nothing')
    .addHelpText(
      'after',
      '\nWithout --keep, --keep-days and --older-than the newest 20 runs of each pipeline and the last 30 days are kept.',
    )
    .action((config, flags) =>
      chosen(async (context) => (await import('./commands/gc.ts')).gc(context, config, flags)),
    );
  command('init [dir]', 'make a small project that runs: config, stages, data and a test')
    .option('--name <name>', 'of the pipeline and the package (default: as the folder)')
    .option('--yes', 'ask nothing')
    .option('--force', 'replace files that are there')
    .action((dir, flags) =>
      chosen(async (context) => (await import('./commands/init.ts')).init(context, dir, flags)),
    );
  command(
    'explain [code]',
    'tell what an error code means and what to do; without a code list all',
  ).action((code, flags) =>
    chosen(async (context) =>
      (await import('./commands/explain.ts')).explain(context, code, flags),
    ),
  );
  return program;
}

function storeOption(command: Command): Command {
  return command.option('--store <spec>', 'sqlite:PATH or memory (default: that of the config)');
}

function contextOptions(command: Command): Command {
  return command
    .option(
      '--context <key=value>',
      "a value of the pipeline's inputs, or over its context; may be repeated",
      collect,
    )
    .option('--context-file <file>', 'the same as a JSON object in a file');
}

function configOptions(command: Command): Command {
  return command
    .option('--pipeline <name>', 'which pipeline of the file')
    .option('--env <name>', 'which environment of the config (default: MILLRACE_ENV)')
    .option('--params-file <file>', 'params as YAML, JSON or TOML; may be repeated', collect)
    .option('--param <name=value>', 'a param of the config; may be repeated', collect)
    .option(
      '--set <path=value>',
      'any value of the config: stages.score.with.window=30; may be repeated',
      collect,
    );
}

function selectionOptions(command: Command): Command {
  return command
    .option('--select <stages>', 'only these: ids, globs, +ID+, tag:NAME, state:failed', collect)
    .option('--exclude <stages>', 'all but these', collect)
    .option('--from <stages>', 'these and all that need them, also if they could be kept', collect)
    .option('--until <stages>', 'these and all that they need', collect)
    .option('--force', 'run the selected stages again, also if they could be kept')
    .option('--no-cache', 'take over no outcome of another run');
}

function sessionOptions(command: Command): Command {
  return selectionOptions(configOptions(storeOption(command)))
    .addOption(
      new Option('--concurrency <n>', 'stages that run at the same time').argParser(positive),
    )
    .addOption(
      new Option('--durability <mode>', 'when a dependant may start').choices([
        'strict',
        'pipelined',
        'none',
      ]),
    )
    .addOption(
      new Option('--failure-mode <mode>', 'what a failure does to the rest').choices([
        'no-new',
        'continue',
        'kill',
      ]),
    )
    .addOption(
      new Option(
        '--on-failure <mode>',
        'what becomes of what succeeded when the run fails or is cancelled',
      ).choices(['keep', 'undo']),
    )
    .option('--events <file>', 'append each event to a file, as a JSON line')
    .option('--log-dir <dir>', 'folder of log files (default: logs beside the store)')
    .addOption(new Option('--log-level <level>', 'the least that is logged').choices(LOG_LEVELS))
    .option(
      '--detach-waits',
      'end with 75 once all that is left waits for signals, or for times more than a minute ahead; a resume waits on',
    )
    .option('--strict', 'exit with 3 when the run is degraded')
    .option('--dry-run', 'show the plan and do nothing');
}

function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}

function count(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new InvalidArgumentError('Expected a whole number from 0.');
}

function positive(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 1) return number;
  throw new InvalidArgumentError('Expected a whole number from 1.');
}
