import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const PACKAGE = resolve(import.meta.dirname, '../../..');
const PROGRAM = join(PACKAGE, 'bin/millrace.js');

/** What a command said and how it ended. */
export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that goes on. */
export interface Going {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when its output so far, both streams, fits. */
  until(pattern: RegExp): Promise<void>;
}

type Env = Readonly<Record<string, string | undefined>>;

/** A folder of its own with configs and stages, in which the built command line is started. */
export class Workspace {
  readonly folder: string;

  /** @param name part of the folder's name, for names that a shell must quote */
  constructor(name = 'plain') {
    if (!existsSync(join(PACKAGE, 'dist/cli/main.js'))) {
      throw new Error('these tests start the built command line: run `npm run build` first');
    }
    this.folder = mkdtempSync(join(tmpdir(), `millrace-cli-${name}-`));
    mkdirSync(join(this.folder, 'node_modules'));
    symlinkSync(PACKAGE, join(this.folder, 'node_modules/millrace'));
    this.write('package.json', '{ "type": "module" }');
    this.write('stages/note.ts', NOTE);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  read(name: string): string {
    return existsSync(this.path(name)) ? readFileSync(this.path(name), 'utf8') : '';
  }

  lines(name: string): string[] {
    return this.read(name)
      .split('\n')
      .filter((line) => line !== '');
  }

  start(args: readonly string[], env: Env = {}): Going {
    return this.#spawn(process.execPath, [PROGRAM, ...args], env);
  }

  run(args: readonly string[], env: Env = {}): Promise<Ended> {
    return this.start(args, env).ended;
  }

  /** Runs a line in a shell, where `$M` is the command line, and `node` the Node of the tests. */
  shell(line: string, env: Env = {}): Promise<Ended> {
    const path = `${dirname(process.execPath)}:${process.env.PATH ?? ''}`;
    return this.#spawn('bash', ['-c', line], {
      PATH: path,
      M: `${process.execPath} ${PROGRAM}`,
      ...env,
    }).ended;
  }

  pipe(name: string): string {
    execFileSync('mkfifo', [this.path(name)]);
    return this.path(name);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #spawn(command: string, args: readonly string[], env: Env): Going {
    const child = spawn(command, args, {
      cwd: this.folder,
      env: { PATH: process.env.PATH, HOME: this.folder, TZ: 'UTC', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return follow(child);
  }
}

function follow(child: ChildProcess): Going {
  let stdout = '';
  let stderr = '';
  const waiting = new Set<() => void>();
  const heard = (): void => {
    for (const look of waiting) look();
  };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    heard();
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    heard();
  });
  const ended = new Promise<Ended>((settle, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => settle({ code, signal, stdout, stderr }));
  });
  const until = (pattern: RegExp): Promise<void> =>
    new Promise((settle, fail) => {
      const look = (): void => {
        if (!pattern.test(stdout + stderr)) return;
        waiting.delete(look);
        settle();
      };
      waiting.add(look);
      look();
      void ended.then(() =>
        fail(new Error(`it ended before it said ${pattern}:\n${stdout}${stderr}`)),
      );
    });
  return { child, ended, until };
}

/**
 * The stage of these tests: appends its id to `ran.txt`, then does what its params say. `gate`: waits
 * until that file is there. `need`: fails unless that file is there. `tell`: logs it and reports it as progress.
 */
const NOTE = `
import { appendFileSync, existsSync, watch } from 'node:fs';
import { PipelineStage, type StageScope, z } from 'millrace';

export default class Note extends PipelineStage.of({
  params: z.object({
    gate: z.string().optional(),
    need: z.string().optional(),
    say: z.string().optional(),
    tell: z.string().optional(),
    deaf: z.boolean().default(false),
    never: z.boolean().default(false),
    stray: z.boolean().default(false),
    bytes: z.int().default(0),
  }),
}) {
  async run({ params, stageId, signal, attempt, logger, progress }: StageScope<typeof Note>) {
    appendFileSync('ran.txt', stageId + '\\n');
    if (params.say !== undefined) console.log(params.say);
    if (params.tell !== undefined) {
      logger.info('told ' + params.tell, { told: params.tell });
      progress({ message: params.tell });
    }
    if (params.gate !== undefined) await opened(params.gate, params.deaf ? undefined : signal);
    if (params.never) await new Promise(() => {});
    if (params.stray) {
      void Promise.reject(new Error('nobody awaits this'));
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    }
    if (params.need !== undefined && !existsSync(params.need)) {
      throw new Error('the file ' + params.need + ' is missing', { cause: new TypeError('why it is') });
    }
    return { [stageId]: params.bytes > 0 ? 'x'.repeat(params.bytes) : { attempt } };
  }
}

function opened(gate: string, signal: AbortSignal | undefined) {
  return new Promise<void>((resolve, reject) => {
    // It watches from here on, so that the file cannot come unseen between the look and the watch.
    const watcher = watch('.');
    const end = (settle: () => void) => {
      watcher.close();
      settle();
    };
    const look = () => existsSync(gate) && end(resolve);
    watcher.on('change', look);
    signal?.addEventListener('abort', () => end(() => reject(signal.reason)));
    look();
  });
}
`;
