/** What the documentation page of a code says. */
export interface ErrorCodePage {
  /** A few words: the page's heading. */
  readonly title: string;
  /** When it happens. */
  readonly when: string;
  /** What the reader does about it. */
  readonly fix: string;
}

/** All codes of one package; the pages under docs/errors are generated from the catalogs. */
export type ErrorCatalog = Readonly<Record<string, ErrorCodePage>>;
