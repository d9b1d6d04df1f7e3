/** A time of people in milliseconds, as a duration of a clock that runs `speed` times as fast as theirs. */
export function hurried(ms: number, speed: number): string {
  return `${Math.ceil(ms * speed)}ms`;
}
