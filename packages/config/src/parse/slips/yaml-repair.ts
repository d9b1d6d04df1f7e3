/** One small change to a text after which it may be readable, and what it tells of the slip. */
export interface YamlRepair {
  /** The whole text after it. */
  readonly text: string;
  /** Where in the text as it was written the slip is. */
  readonly offset: number;
  readonly message: string;
  readonly help: string;
  /** How unlike its new neighbours a line would be that is moved: the smaller the likelier. */
  readonly oddity: number;
}
