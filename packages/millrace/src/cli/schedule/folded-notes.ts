import { countOf, localTime } from '../report/words.ts';
import { noteText } from './note-text.ts';
import type { ScheduleNote } from './scheduler.ts';

type Skipped = Extract<ScheduleNote, { readonly kind: 'skipped' }>;

/**
 * The lines of a scheduler for people. Of times that are skipped one after the other for the same reason, the first is
 * told at once, and the others in one line as soon as anything else happens: there may be one each second.
 */
export class FoldedNotes {
  readonly #print: (line: string) => void;
  #told: Skipped | undefined;
  #last: Skipped | undefined;
  #more = 0;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  tell(note: ScheduleNote): void {
    if (note.kind === 'skipped' && note.because === this.#told?.because) {
      this.#last = note;
      this.#more++;
      return;
    }
    this.end();
    this.#print(noteText(note));
    this.#told = note.kind === 'skipped' ? note : undefined;
  }

  /** Tells what it still holds back. */
  end(): void {
    const last = this.#last;
    if (last !== undefined) {
      const count = countOf(this.#more, 'more time');
      this.#print(
        this.#more === 1 ? noteText(last) : `${count} until ${localTime(last.at)}: skipped`,
      );
    }
    this.#told = undefined;
    this.#last = undefined;
    this.#more = 0;
  }
}
