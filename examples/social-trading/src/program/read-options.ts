import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { inExample } from '../base/example-folder.ts';
import { SocialError } from '../base/social-error.ts';

export interface ProgramOptions {
  readonly command: 'replay' | 'listen' | 'feed' | 'report' | 'help';
  /** Whether what was accepted outlives a kill. */
  readonly durable: boolean;
  /** Of all that is written. Absolute. */
  readonly home: string;
  /** The posts to replay. Absolute. */
  readonly posts: string;
  readonly redis: string | undefined;
  /** Seconds of the replay a second; undefined: as fast as it goes. */
  readonly speed: number | undefined;
  readonly set: Readonly<Record<string, unknown>>;
  readonly environment: string | undefined;
  readonly json: boolean;
  /** Port of the status page, 0 for any free one; undefined: there is none. */
  readonly status: number | undefined;
}

const COMMANDS = ['replay', 'listen', 'feed', 'report', 'help'] as const;

/** @throws SocialError USAGE */
export function readOptions(argv: readonly string[]): ProgramOptions {
  const { values, positionals } = parsed(argv);
  const [name = 'replay', ...others] = positionals;
  const command = values.help === true ? 'help' : COMMANDS.find((one) => one === name);
  if (command === undefined || others.length > 0)
    throw misuse(`expected one of ${COMMANDS.join(', ')}, got ${positionals.join(' ')}`);
  const { redis, home, posts, env, durable = false, json = false } = values;
  if (home === '') throw misuse('--home wants a folder, got ""');
  return {
    command,
    durable,
    home: home === undefined ? inExample('.millrace/social') : fromCaller(home),
    posts: posts === undefined ? inExample('data/generated-posts.jsonl') : fromCaller(posts),
    redis,
    speed: values.speed === undefined ? undefined : speedOf(values.speed),
    set: settingsOf(values.set ?? []),
    environment: env,
    json,
    status: values.status === undefined ? undefined : portOf(values.status),
  };
}

function parsed(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        ...{ durable: flag, help: flag, json: flag, home: text, posts: text, redis: text },
        ...{ speed: text, env: text, status: text, set: { type: 'string', multiple: true } },
      },
    });
  } catch (error) {
    throw misuse(error instanceof Error ? error.message : String(error));
  }
}

function speedOf(text: string): number {
  const speed = Number(text);
  if (text === '' || !(speed > 0) || speed > 1_000_000)
    throw misuse(`--speed wants a number above 0, at most 1000000, got "${text}"`);
  return speed;
}

function portOf(text: string): number {
  const port = Number(text);
  if (text === '' || !Number.isInteger(port) || port < 0 || port > 65_535)
    throw misuse(`--status wants a port, 0 to 65535, got "${text}"`);
  return port;
}

/** `PATH=VALUE`; the value as JSON where it is some, else as text. */
function settingsOf(texts: readonly string[]): Record<string, unknown> {
  const pairs = texts.map((text) => {
    const at = text.indexOf('=');
    if (at < 1) throw misuse(`--set wants PATH=VALUE, got "${text}"`);
    return [text.slice(0, at), jsonOrText(text.slice(at + 1))] as const;
  });
  return Object.fromEntries(pairs);
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** npm runs scripts in the folder of the package, and keeps that of the person here. */
function fromCaller(path: string): string {
  return resolve(process.env.INIT_CWD ?? '.', path);
}

function misuse(message: string): SocialError {
  return new SocialError('USAGE', `${message}; see --help`);
}
