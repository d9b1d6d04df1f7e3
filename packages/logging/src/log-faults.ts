import type { Writable } from 'node:stream';
import { escapeControls } from './line/escape-controls.ts';
import type { LoggingErrorCode } from './logging-errors.ts';

/** Something that kept log lines from where they belong. */
export interface LogFault {
  readonly code: LoggingErrorCode;
  /** One sentence, redacted. */
  readonly message: string;
}

/** Takes what went wrong. It never throws: a run must not fail for its log. */
export type ReportFault = (code: LoggingErrorCode, message: string) => void;

const MOST_KEPT = 100;

/** Warns once per code, so that a full disk does not flood the terminal, and keeps the list. */
export class LogFaults {
  readonly #kept: LogFault[] = [];
  readonly #warned = new Set<LoggingErrorCode>();
  readonly #warnings: Writable;
  readonly #redact: (text: string) => string;

  constructor(warnings: Writable, redact: (text: string) => string) {
    this.#warnings = warnings;
    this.#redact = redact;
  }

  /** A snapshot; past 100 faults only the first ones are kept. */
  get all(): readonly LogFault[] {
    return [...this.#kept];
  }

  readonly report: ReportFault = (code, message) => {
    const fault = { code, message: escapeControls(this.#redact(message)) };
    if (this.#kept.length < MOST_KEPT) this.#kept.push(fault);
    if (this.#warned.has(code)) return;
    this.#warned.add(code);
    try {
      this.#warnings.write(`millrace: warning ${code}: ${fault.message}\n`);
    } catch {
      // There is nobody left to tell. The fault stays in the report of close().
    }
  };
}

/** `ENOSPC: no space left on device, write`, or whatever was thrown, as text. */
export function faultText(thrown: unknown): string {
  try {
    return thrown instanceof Error ? thrown.message : String(thrown);
  } catch {
    return 'an unprintable error';
  }
}
