import { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];
/** Colours a text, or leaves it as it is where colours are not wanted. */
export type Paint = (style: Style, text: string) => string;
export type Redact = (text: string) => string;

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
  #redact: Redact = (text) => text;
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

  /** From now on everything printed goes through `redact`. */
  redactWith(redact: Redact): void {
    this.#redact = redact;
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

  /** One JSON document on a line of its own. Secrets are replaced inside strings, so it stays JSON. */
  printJson(value: unknown): void {
    if (this.#readerIsGone || this.#fault !== undefined) return;
    const redacted = (_key: string, part: unknown): unknown =>
      typeof part === 'string' ? this.#redact(part) : part;
    this.#writeOut(`${JSON.stringify(value, redacted)}\n`);
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
   * neither a live view nor JSON and gives no secret away; `undefined` lets it through again.
   */
  divertStray(receive: StrayReceiver | undefined): void {
    divert(
      this.#stdout,
      receive === undefined ? undefined : (text) => receive(this.#redact(text), 'stdout'),
    );
    divert(
      this.#stderr,
      receive === undefined ? undefined : (text) => receive(this.#redact(text), 'stderr'),
    );
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

/** Puts `receive` in the place of a stream's own way to write, or that way back. */
function divert(stream: NodeJS.WriteStream, receive: ((text: string) => void) | undefined): void {
  if (receive === undefined) {
    Reflect.deleteProperty(stream, 'write');
    return;
  }
  const write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    receive(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    const done = rest.at(-1);
    if (typeof done === 'function') process.nextTick(done);
    return true;
  };
  Object.defineProperty(stream, 'write', { value: write, configurable: true, writable: true });
}
