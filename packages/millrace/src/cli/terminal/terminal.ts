import { styleText } from 'node:util';
import { divertWrites } from './divert-writes.ts';
import type { Redact } from './redact.ts';
import { redactJson } from './redact-json.ts';

export type Style = Parameters<typeof styleText>[0];
/** Colours a text, or leaves it as it is where colours are not wanted. */
export type Paint = (style: Style, text: string) => string;

export type StrayReceiver = (text: string, from: 'stdout' | 'stderr') => void;

export interface TerminalStreams {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The two output streams of a command: results on stdout, diagnostics and notices on stderr. Whatever
 * is printed goes through here, so that no secret gets out. A reader that went away (`| head`) is no error.
 */
export class Terminal {
  /** For stdout and for stderr, which may lead to different places. */
  readonly paint: Paint;
  readonly paintNotice: Paint;
  /** True when a person watches stdout, so that lines may be redrawn. */
  readonly isLive: boolean;
  readonly #stdout: NodeJS.WriteStream;
  readonly #stderr: NodeJS.WriteStream;
  readonly #writeOut: NodeJS.WriteStream['write'];
  readonly #writeErr: NodeJS.WriteStream['write'];
  readonly #hidden = new Set<string>();
  #redact: Redact = (text) => text;
  #receiveStray: StrayReceiver | undefined;
  #readerIsGone = false;
  #fault: Error | undefined;

  constructor({ stdout, stderr, env }: TerminalStreams) {
    this.#stdout = stdout;
    this.#stderr = stderr;
    this.#writeOut = stdout.write.bind(stdout);
    this.#writeErr = stderr.write.bind(stderr);
    this.paint = painter(stdout);
    this.paintNotice = painter(stderr);
    this.isLive = stdout.isTTY === true && !isCi(env) && env.TERM !== 'dumb';
    stdout.on('error', (error) => this.#failed(error));
    // A notice that cannot be shown has nobody to be told to.
    stderr.on('error', () => {});
  }

  get columns(): number {
    return this.#stdout.columns || 80;
  }

  /** True when notices appear on the same screen as a live view. */
  get noticesAreLive(): boolean {
    return this.isLive && this.#stderr.isTTY === true;
  }

  get rows(): number {
    return this.#stdout.rows || 24;
  }

  /** Why stdout could not be written; a reader that went away does not count. */
  get fault(): Error | undefined {
    return this.#fault;
  }

  /** Values that are not to be printed. */
  get hidden(): ReadonlySet<string> {
    return this.#hidden;
  }

  /** Adds to {@link hidden}. */
  hide(values: Iterable<string>): void {
    for (const value of values) this.#hidden.add(value);
  }

  /** From now on everything printed goes through `redact`, also what is written past this class. */
  redactWith(redact: Redact): void {
    this.#redact = redact;
    this.divertStray(this.#receiveStray);
  }

  readonly redact = (text: string): string => this.#redact(text);

  /** A line, or several, of results. */
  print(text: string): void {
    this.write(`${text}\n`);
  }

  /** Results as they are, control sequences included. */
  write(text: string): void {
    if (this.#readerIsGone || this.#fault !== undefined) return;
    this.#writeOut(this.#redact(text));
  }

  /** One JSON document on a line of its own. */
  printJson(value: unknown): void {
    if (this.#readerIsGone || this.#fault !== undefined) return;
    this.#writeOut(`${redactJson(value, this.#redact)}\n`);
  }

  /** A line for the person at the terminal. */
  notice(text: string): void {
    this.writeNotice(`${text}\n`);
  }

  writeNotice(text: string): void {
    this.#writeErr(this.#redact(text));
  }

  /**
   * What stages write past this class (`console.log`) goes to `receive`, redacted, so that it spoils
   * neither a live view nor JSON and gives no secret away; with `undefined` to where it was written, redacted
   * all the same: a stage may go on until the process ends.
   */
  divertStray(receive: StrayReceiver | undefined): void {
    this.#receiveStray = receive;
    const redact = this.redact;
    const [out, error] = [this.#stdout, this.#stderr];
    divertWrites(out, {
      redact,
      write: this.#writeOut,
      receive: receive && ((text) => receive(text, 'stdout')),
    });
    divertWrites(error, {
      redact,
      write: this.#writeErr,
      receive: receive && ((text) => receive(text, 'stderr')),
    });
  }

  /** Resolves once everything was handed to the system. */
  async flush(): Promise<void> {
    const flushed = (
      stream: NodeJS.WriteStream,
      write: NodeJS.WriteStream['write'],
    ): Promise<void> =>
      new Promise((resolve) => {
        if (stream.destroyed || !stream.writable) resolve();
        else write('', () => resolve());
      });
    await Promise.all([
      flushed(this.#stdout, this.#writeOut),
      flushed(this.#stderr, this.#writeErr),
    ]);
  }

  #failed(error: Error): void {
    if (Reflect.get(error, 'code') === 'EPIPE') this.#readerIsGone = true;
    else this.#fault ??= error;
  }
}

function painter(stream: NodeJS.WriteStream): Paint {
  // styleText knows NO_COLOR, FORCE_COLOR and what the terminal can do; asked once, since it is slow.
  if (styleText('red', 'x', { stream }) === 'x') return (_style, text) => text;
  return (style, text) => styleText(style, text, { validateStream: false });
}

function isCi(env: TerminalStreams['env']): boolean {
  const { CI } = env;
  return CI !== undefined && CI !== '' && CI !== '0' && CI !== 'false';
}
