/** The names of what is measured beside the cells. */
export const SERIES = {
  emptyNodeMs: 'node -e 0, ms',
  versionMs: 'millrace --version, ms',
  tenStagesMs: 'millrace run of 10 stages, ms',
  coldMillraceMs: 'process of W3 with millrace-full, ms',
  coldRowsMs: 'process of W3 with rows-grouped-full, ms',
  itemsInMemoryUs: 'item of 1,000,000 in memory, us',
  itemsDurableUs: 'item of 100,000 durable, us',
} as const;
