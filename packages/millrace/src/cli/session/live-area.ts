import type { Terminal } from '../terminal/terminal.ts';

const UP_AND_CLEAR = (lines: number): string => `\u001b[${lines}A\r\u001b[0J`;
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
/** Redraws come no faster; more is flicker. */
const REDRAW_EVERY_MS = 50;
/** Elapsed times move at least this often. */
const TICK_MS = 250;

/** Lines at the bottom of the terminal that are drawn again and again; what is printed goes above them. */
export class LiveArea {
  readonly #terminal: Terminal;
  readonly #draw: () => readonly string[];
  readonly #ticker: NodeJS.Timeout;
  #pending: NodeJS.Timeout | undefined;
  #height = 0;
  #above = '';
  #ended = false;

  constructor(terminal: Terminal, draw: () => readonly string[]) {
    this.#terminal = terminal;
    this.#draw = draw;
    terminal.write(HIDE_CURSOR);
    process.on('exit', this.#leave);
    // Neither timer may keep a process alive in which nothing else is going on.
    this.#ticker = setInterval(() => this.drawNow(), TICK_MS).unref();
  }

  /** Draws again soon. */
  changed(): void {
    this.#pending ??= setTimeout(() => this.drawNow(), REDRAW_EVERY_MS).unref();
  }

  /** Text, ending in a line feed, that goes above the area with the next draw. */
  writeAbove(text: string): void {
    this.#above += text;
    this.changed();
  }

  end(): void {
    clearInterval(this.#ticker);
    clearTimeout(this.#pending);
    this.#leave();
    process.off('exit', this.#leave);
  }

  /** Also when the process is ended from elsewhere. */
  readonly #leave = (): void => {
    this.#ended = true;
    this.#terminal.write(`${this.#takeAbove()}${SHOW_CURSOR}`);
  };

  drawNow(): void {
    clearTimeout(this.#pending);
    this.#pending = undefined;
    if (this.#ended) return;
    const lines = this.#draw();
    // In one write, so that the area never flickers.
    this.#terminal.write(`${this.#takeAbove()}${lines.map((line) => `${line}\n`).join('')}`);
    this.#height = lines.length;
  }

  /** Erases the area and gives what goes in its place. */
  #takeAbove(): string {
    const erase = this.#height > 0 ? UP_AND_CLEAR(this.#height) : '';
    const above = this.#above;
    this.#height = 0;
    this.#above = '';
    return erase + above;
  }
}
