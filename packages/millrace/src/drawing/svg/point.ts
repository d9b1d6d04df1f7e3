/** A place in a drawing. Layouts run from top to bottom; {@link turner} turns them. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}
