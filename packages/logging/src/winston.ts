// The only file that imports winston.
import type { Clock } from '@millrace/core';
import winston from 'winston';
import type { AddressedLine } from './line/log-line.ts';
import { renderJson } from './line/render-json.ts';
import { faultText, type ReportFault } from './log-faults.ts';
import { LOG_LEVELS, type LogLevel } from './log-level.ts';

/** A transport as winston and the packages around it make them. */
export type WinstonTransport = winston.transport;

/** The types of winston 3 call it `transport`, and no class; the module exports the class as `Transport`. */
const Transport: new () => WinstonTransport = Reflect.get(winston, 'Transport');

/** Takes a line at once: it must not wait, for what waits is lost when the process ends. */
export type LineOutput = (addressed: AddressedLine) => void;

export interface LineChannel {
  write(addressed: AddressedLine): void;
  /** Resolves when every line has left, or has had its time. Never rejects. */
  close(): Promise<void>;
}

/** winston counts from the loudest, which is 0. */
const levels = Object.fromEntries(LOG_LEVELS.toReversed().map((level, rank) => [level, rank]));

/** Lines come finished: winston's default would print them as JSON once more. */
const asIs = winston.format((line) => line)();

class OutputTransport extends Transport {
  readonly #output: LineOutput;

  constructor(output: LineOutput) {
    super();
    this.#output = output;
  }

  override log({ addressed }: { readonly addressed: AddressedLine }, next: () => void): void {
    // First and in the same turn, so that winston's stream never fills up and never holds a line back.
    next();
    this.#output(addressed);
  }
}

/** Our own outputs. No line stays inside winston: the tests of process.exit prove it. */
export function openDirectChannel(outputs: readonly LineOutput[], level: LogLevel): LineChannel {
  const transports = outputs.map((output) => new OutputTransport(output));
  const logger = winston.createLogger({ level, levels, format: asIs, transports });
  return {
    write: (addressed) => void logger.write({ level: addressed.line.level, addressed }),
    async close() {
      logger.close();
    },
  };
}

export interface TransportChannelOptions {
  readonly transports: readonly WinstonTransport[];
  readonly level: LogLevel;
  readonly clock: Clock;
  readonly report: ReportFault;
}

/** Where winston's own formats and transports look for the finished text of a line. */
const FINISHED_TEXT = Symbol.for('message');
/** A transport that never finishes must not keep a process alive. */
const FINISH_MS = 5_000;

/**
 * Transports that a user brings. They have a winston logger of their own, because a slow transport makes
 * winston hold back the lines of all its neighbours.
 */
export function openTransportChannel(options: TransportChannelOptions): LineChannel {
  const { level, clock, report } = options;
  const transports = [...options.transports];
  const logger = winston.createLogger({ level, levels, format: asIs, transports });
  const onError = (error: unknown): void =>
    report('LOG_TRANSPORT_FAILED', `a winston transport failed: ${faultText(error)}`);
  logger.on('error', onError);
  return {
    write({ line }) {
      try {
        logger.write({ ...line, [FINISHED_TEXT]: renderJson(line).trimEnd() });
      } catch (error) {
        onError(error);
      }
    },
    close: () =>
      new Promise((resolve) => {
        const stop = clock.setTimer(FINISH_MS, () => {
          onError(`it did not finish within ${FINISH_MS / 1000} seconds`);
          resolve();
        });
        logger.once('finish', () => {
          stop();
          resolve();
        });
        logger.end();
      }),
  };
}
